import { authenticate } from "../identity/authenticate.ts";
import type { From } from "../identity/identity.ts";
import { unauthorized } from "../identity/unauthorized.ts";
import type { ServerContext } from "./context.ts";

/** What the context of each request is made of. */
export type ContextDeps = Pick<ServerContext, "db" | "system" | "systemPool" | "identity" | "audit"> &
  Partial<Pick<ServerContext, "accessChanged">>;

/** Who asks, and with what: the context of one request. */
export async function contextOf(
  { db, system, systemPool, identity, audit, accessChanged = () => {} }: ContextDeps,
  request: Request,
  from: From,
): Promise<ServerContext> {
  const standing = await authenticate(identity, request);
  const sent = request.headers.has("authorization");
  return {
    db,
    system,
    systemPool,
    identity,
    audit,
    accessChanged,
    sessionKey: identity.keys.token,
    from,
    requestId: from.requestId,
    member: standing.is === "member" ? standing.member : null,
    whyNobody: sent ? await unauthorized(identity.keys.token, standing) : null,
    formerly: standing.is === "refused" ? { sessionId: standing.sessionId, userId: standing.userId } : null,
  };
}
