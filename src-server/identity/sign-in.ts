import { ORPCError } from "@orpc/server";
import type { Device, SignInStep } from "#shared/contract/session.ts";
import { type Account, findAccount } from "./account.ts";
import { countFailure, forgetFailures, refuseLocked, type Tried } from "./failures.ts";
import type { From, Identity } from "./identity.ts";
import { inTurn } from "./in-turn.ts";
import { nextStep } from "./next-step.ts";
import { note } from "./note.ts";
import { verifyPassword } from "./password.ts";

/**
 * Signs in with e-mail address and password, as far as these lead.
 * @throws UNAUTHORIZED, the same for an unknown address and a wrong password; TOO_MANY_REQUESTS while locked. That an account is disabled
 * is said to the right password alone, so that a desk erases what it holds of the person
 */
export async function signIn(
  identity: Identity,
  input: { email: string; password: string; device?: Device | undefined },
  from: From,
): Promise<SignInStep> {
  const typed: Tried = passwordTries(input.email);
  const address: Tried = { kind: "address", key: from.address };
  const found = await inTurn(identity, typed, async () => {
    const held = await findAccount(identity.db, { email: input.email });
    // Whoever tries a person's address from somewhere must not keep that person out: a desk on which they were signed in has its
    // own count, and whoever guesses does not know its id.
    const desk = await deskOf(identity.db, held, input.device);
    const account: Tried = desk === null ? typed : { kind: "account", key: `${typed.key} on ${desk}` };
    await refuseLocked(identity, desk === null ? [account, address] : [account]);
    const right = await verifyPassword(input.password, held?.passwordHash ?? null);
    if (right && held?.active) {
      await forgetFailures(identity.db, identity, account);
      return held;
    }
    await countFailure(identity, [account, address]);
    const detail = { means: "password", why: held ? (right ? "disabled" : "password") : "unknown" };
    // The device is one that the request named: before sign-in it vouches for nothing.
    // Known or not, the same is written and nothing more is asked: an answer takes as long.
    const organizationId = held?.organizationId ?? null;
    await note(identity.db, from, { action: "signInRefused", userId: held?.id ?? null, organizationId, detail });
    throw right ? disabled() : noMatch();
  });
  if (found.passwordOver)
    throw new ORPCError("UNAUTHORIZED", {
      message: "This one-time password is over: ask your administrator for another one.",
    });
  return identity.db.transaction().execute(async (tx) => {
    const now = await findAccount(tx, { id: found.id, lock: true });
    // Between the check and this lock an administrator may have disabled the account, or given another password.
    if (now?.passwordHash !== found.passwordHash) throw noMatch();
    if (!now.active) throw disabled();
    return nextStep(tx, identity, now, { means: "password", factor: false, device: input.device ?? null }, from);
  });
}

/** The desk that is named, if this person has been signed in on it. Asked for every try, so that each takes as long. */
async function deskOf(db: Identity["db"], held: Account | null, device: Device | undefined): Promise<string | null> {
  const row = await db
    .selectFrom("sessions")
    .innerJoin("devices", "devices.id", "sessions.device_id")
    .where("sessions.user_id", "=", held?.id ?? null)
    .where("devices.id", "=", device?.id ?? null)
    .where("devices.ended_at", "is", null)
    .select("devices.id")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

const noMatch = () =>
  new ORPCError("UNAUTHORIZED", { message: "E-mail address and password don't match. Check both and try again." });
const disabled = () =>
  new ORPCError("UNAUTHORIZED", {
    message: "This account is disabled: ask your administrator.",
    data: { reason: "accountDisabled" },
  });

/** What counts the tries of a password where the desk is a new one: the address as it was typed, whether or not there is such an account. */
export const passwordTries = (email: string): Tried => ({ kind: "account", key: `password ${email.toLowerCase()}` });
