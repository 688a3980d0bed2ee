import type { Member } from "#shared/access/member.ts";
import { badField } from "#shared/clinic/refuse.ts";
import { findAccount } from "./account.ts";
import { endSessions } from "./end-sessions.ts";
import { countFailure, forgetFailures, refuseLocked, type Tried } from "./failures.ts";
import type { From, Identity } from "./identity.ts";
import { inTurn } from "./in-turn.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { refuseWeakPassword } from "./refuse-weak-password.ts";
import { setPassword } from "./set-password.ts";
import { passwordTries } from "./sign-in.ts";

/**
 * Changes one's password; one's other sessions end. The audit's line is the guard's, as for every change.
 * @throws BAD_REQUEST with `current` or `next`, TOO_MANY_REQUESTS: a session left open is no place to guess the password at
 */
export async function changePassword(
  identity: Identity,
  who: Member,
  input: { current: string; next: string },
  from: From,
): Promise<void> {
  const { db } = identity;
  const account = passwordTries(who.email);
  const tried: Tried[] = [account, { kind: "address", key: from.address }];
  await refuseWeakPassword(db, who.userId, "next", input.next);
  if (input.next === input.current) throw badField("next", "This is the password you have: choose another.");
  await inTurn(identity, account, async () => {
    await refuseLocked(identity, tried);
    const held = await findAccount(db, { id: who.userId, lock: false });
    if (!(await verifyPassword(input.current, held?.passwordHash ?? null))) {
      await countFailure(identity, tried);
      throw badField("current", "This is not your password: write the one you sign in with.");
    }
    const hash = await hashPassword(input.next);
    await db.transaction().execute(async (tx) => {
      await forgetFailures(tx, identity, account);
      await setPassword(tx, who.userId, hash);
      await endSessions(tx, { userId: who.userId, except: who.sessionId }, "passwordChanged");
    });
    return who;
  });
}
