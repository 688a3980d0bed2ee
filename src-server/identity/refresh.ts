import { ORPCError } from "@orpc/server";
import type { Tokens } from "#shared/contract/session.ts";
import type { From, Identity } from "./identity.ts";
import { note } from "./note.ts";
import { rotate, tokensFor } from "./refresh-tokens.ts";
import { must } from "#shared/kit/must.ts";
import { unauthorized } from "./unauthorized.ts";

/**
 * New tokens for the old.
 * @throws UNAUTHORIZED with the reason; a token that two have used ends its session
 */
export async function refresh(identity: Identity, token: string, from: From): Promise<Tokens> {
  const rotated = await rotate(identity.db, token);
  if (rotated.is === "fresh") return tokensFor(identity, rotated.sessionId, rotated.fresh);
  if (rotated.is === "nobody")
    throw new ORPCError("UNAUTHORIZED", { message: "This token is none of this server: sign in again." });
  if (rotated.is === "refused") throw must(await unauthorized(identity.keys.token, rotated), "a refusal");
  const { sessionId, userId } = rotated;
  const reason = "tokenReused";
  await note(identity.db, from, { action: "signInRefused", userId, sessionId, detail: { reason } });
  throw must(await unauthorized(identity.keys.token, { is: "refused", reason, sessionId, userId }), "a refusal");
}
