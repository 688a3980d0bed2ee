import type { SignInStep } from "#shared/contract/session.ts";
import { must } from "#shared/kit/must.ts";
import { badField } from "#shared/clinic/refuse.ts";
import { findAccount } from "./account.ts";
import { endSessions } from "./end-sessions.ts";
import type { From, Identity } from "./identity.ts";
import { inTurn } from "./in-turn.ts";
import { nextStep } from "./next-step.ts";
import { note } from "./note.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { refuseWeakPassword } from "./refuse-weak-password.ts";
import { setPassword } from "./set-password.ts";
import { accountOf, readTicket } from "./ticket.ts";

/**
 * Goes on with a password of one's own after a one-time one.
 * @throws BAD_REQUEST with `password` (the ticket is still good), UNAUTHORIZED (it is not)
 */
export async function newPassword(
  identity: Identity,
  input: { ticket: string; password: string },
  from: From,
): Promise<SignInStep> {
  const { db } = identity;
  const ticket = await readTicket(identity.keys.token, input.ticket, ["newPassword"]);
  const { userId } = ticket;
  const { passwordHash } = await accountOf(db, ticket);
  await refuseWeakPassword(db, userId, "password", input.password);
  const { hash, same } = await inTurn(identity, { kind: "account", key: `choice ${userId}` }, async () => ({
    same: await verifyPassword(input.password, passwordHash),
    hash: await hashPassword(input.password),
  }));
  if (same) throw badField("password", "This is the one-time password: choose another that only you know.");
  return db.transaction().execute(async (tx) => {
    await accountOf(tx, ticket);
    await setPassword(tx, userId, hash);
    await endSessions(tx, { userId }, "passwordChanged");
    const account = must(await findAccount(tx, { id: userId, lock: false }), "an account whose row is locked");
    const step = await nextStep(tx, identity, account, ticket.how, from);
    await note(tx, from, {
      action: "change",
      userId,
      deviceId: ticket.how.device?.id ?? null,
      detail: { password: "chosen" },
    });
    return step;
  });
}
