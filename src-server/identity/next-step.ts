import type { Transaction } from "kysely";
import type { SignInStep } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";
import { type Account, findAccount } from "./account.ts";
import { admitDevice } from "./devices.ts";
import type { From, Identity } from "./identity.ts";
import { must } from "#shared/kit/must.ts";
import { beginSession } from "./begin-session.ts";
import { demandsSecondFactor } from "./demands-second-factor.ts";
import { offerFactor } from "./offer-factor.ts";
import { type Passed, signTicket } from "./ticket.ts";

/**
 * Where somebody who has come so far goes on: a code where they have a second factor, another password after a one-time one, a
 * second factor of their own where a clinic demands it; then they are in. The account's row is locked by the caller.
 */
export async function nextStep(
  tx: Transaction<DB>,
  identity: Identity,
  account: Account,
  how: Passed & { recoveryCodes?: string[] },
  from: From,
): Promise<SignInStep> {
  if (how.device) await admitDevice(tx, account.organizationId, how.device);
  const { recoveryCodes, ...passed } = how;
  const key = identity.keys.token;
  if (account.factor?.confirmed && !passed.factor)
    return { step: "secondFactor", ticket: await signTicket(key, account, "secondFactor", passed) };
  if (passed.means === "password" && account.oneTime)
    return { step: "newPassword", ticket: await signTicket(key, account, "newPassword", passed) };
  // A board is a device on a wall: nobody stands before it who could type a code.
  if (!passed.factor && account.kind === "person" && (await demandsSecondFactor(tx, account.id))) {
    const offered = await offerFactor(tx, identity, account);
    const now = must(await findAccount(tx, { id: account.id, lock: false }), "an account whose row is locked");
    return {
      step: "enrolSecondFactor",
      ticket: await signTicket(key, now, "enrolSecondFactor", passed),
      ...offered,
    };
  }
  return { ...(await beginSession(tx, identity, account, passed, from)), ...(recoveryCodes ? { recoveryCodes } : {}) };
}
