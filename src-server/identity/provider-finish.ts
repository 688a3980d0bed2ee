import { createHash, timingSafeEqual } from "node:crypto";
import { ORPCError } from "@orpc/server";
import type { SignInStep } from "#shared/contract/session.ts";
import { findAccount } from "./account.ts";
import type { From, Identity } from "./identity.ts";
import { nextStep } from "./next-step.ts";
import { takeCode } from "./oidc-rows.ts";

/**
 * Goes on with the code that the browser brought to the desk. Only the desk that began has the verifier.
 * @throws UNAUTHORIZED for a code that is none, over or used, and for another verifier
 */
export async function providerFinish(
  identity: Identity,
  input: { code: string; verifier: string },
  from: From,
): Promise<SignInStep> {
  const taken = await takeCode(identity, input.code);
  if (!taken || !isOf(taken.challenge, input.verifier)) throw over();
  const { userId, device, factor } = taken;
  return identity.db.transaction().execute(async (tx) => {
    const account = await findAccount(tx, { id: userId, lock: true });
    if (!account?.active) throw over();
    return nextStep(tx, identity, account, { means: "provider", factor, device }, from);
  });
}

function isOf(challenge: string, verifier: string): boolean {
  const shown = Buffer.from(createHash("sha256").update(verifier).digest("base64url"));
  const held = Buffer.from(challenge);
  return shown.length === held.length && timingSafeEqual(shown, held);
}

const over = () =>
  new ORPCError("UNAUTHORIZED", {
    message: "This sign-in took too long or was used already: start again with your provider.",
  });
