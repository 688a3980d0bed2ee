import type { Member } from "#shared/access/member.ts";
import type { EndReason } from "#shared/contract/base.ts";
import type { Identity } from "./identity.ts";
import { authenticate } from "./authenticate.ts";
import { unauthorized } from "./unauthorized.ts";

/** Whom a request for a shape belongs to; why nobody any more; null for a token that is none, or whose own time is over. */
export async function whoseShape(
  identity: Pick<Identity, "db" | "keys">,
  request: Request,
): Promise<Member | { reason: EndReason; receipt?: string; formerly?: { sessionId: string; userId: string } } | null> {
  const standing = await authenticate(identity, request);
  if (standing.is === "member") return standing.member;
  const why = (await unauthorized(identity.keys.token, standing))?.data ?? null;
  if (why === null || standing.is !== "refused") return why;
  return { ...why, formerly: { sessionId: standing.sessionId, userId: standing.userId } };
}
