import type { ServerContext } from "../http/context.ts";
import type { AuditLine } from "./audit-line.ts";

type Who = Pick<AuditLine, "organizationId" | "userId" | "sessionId" | "deviceId" | "requestId">;

/** Whose line it is: the member's, or of whom a token was that is good no more. */
export function who({ member, formerly, requestId }: Pick<ServerContext, "member" | "formerly" | "requestId">): Who {
  if (!member) return { ...formerly, requestId };
  const { organizationId, userId, sessionId, deviceId } = member;
  return { organizationId, userId, sessionId, deviceId, requestId };
}
