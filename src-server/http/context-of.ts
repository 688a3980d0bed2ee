import { authenticate } from "../identity/authenticate.ts";
import type { From } from "../identity/identity.ts";
import { unauthorized } from "../identity/unauthorized.ts";
import type { ServerContext } from "./context.ts";
import type { RateLimits } from "./rate-limit.ts";

/** What the context of each request is made of. */
export type ContextDeps = Pick<ServerContext, "db" | "system" | "systemPool" | "identity" | "audit"> &
  Partial<Pick<ServerContext, "accessChanged">> & { limits: RateLimits };

/** Who asks, and with what: the context of one request. */
export async function contextOf(
  { db, system, systemPool, identity, audit, limits, accessChanged = () => {} }: ContextDeps,
  request: Request,
  from: From,
): Promise<ServerContext> {
  const standing = await authenticate(identity, request);
  const over = standing.is === "member" ? await limits.ofPerson(standing.member.userId) : null;
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
    member: standing.is === "member" && !over ? standing.member : null,
    whyNobody: over ?? (sent ? await unauthorized(identity.keys.token, standing) : null),
    formerly: standing.is === "refused" ? { sessionId: standing.sessionId, userId: standing.userId } : null,
  };
}
