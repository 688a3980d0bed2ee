import type { SignInStep } from "#shared/contract/session.ts";
import { badField } from "#shared/clinic/refuse.ts";
import { checkCode } from "./check-code.ts";
import { countFailure, forgetFailures, refuseLocked, type Tried } from "./failures.ts";
import type { From, Identity } from "./identity.ts";
import { inTurn } from "./in-turn.ts";
import { nextStep } from "./next-step.ts";
import { note } from "./note.ts";
import { accountOf, readTicket } from "./ticket.ts";

/**
 * Goes on with a code of the authenticator or a recovery code. Wrong ones count like wrong passwords, under the person.
 * @throws BAD_REQUEST with `code` (the ticket is still good), UNAUTHORIZED (it is not), TOO_MANY_REQUESTS
 */
export async function secondFactor(
  identity: Identity,
  input: { ticket: string; code: string },
  from: From,
): Promise<SignInStep> {
  const ticket = await readTicket(identity.keys.token, input.ticket, ["secondFactor", "enrolSecondFactor"]);
  const { userId } = ticket;
  const deviceId = ticket.how.device?.id ?? null;
  const tried: Tried = { kind: "account", key: `code ${userId}` };
  const address: Tried = { kind: "address", key: from.address };
  return inTurn(identity, tried, async () => {
    await refuseLocked(identity, [tried, address]);
    const step = await identity.db.transaction().execute(async (tx) => {
      const account = await accountOf(tx, ticket);
      const right = await checkCode(tx, identity, account, input.code);
      if (!right) return null;
      await forgetFailures(tx, identity, tried);
      const next = await nextStep(tx, identity, account, { ...ticket.how, ...right, factor: true }, from);
      // Lines of the log come last: who holds it waits for nobody.
      const detail = { secondFactor: "enrolled" };
      if (right.recoveryCodes) await note(tx, from, { action: "change", userId, deviceId, detail });
      return next;
    });
    if (step) return step;
    await countFailure(identity, [tried, address]);
    const detail = { means: ticket.how.means, why: "code" };
    await note(identity.db, from, { action: "signInRefused", userId, deviceId, detail });
    throw badField(
      "code",
      "This code is not right or was used already: wait for the next one, or write a recovery code.",
    );
  });
}
