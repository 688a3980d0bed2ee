import { randomUUID } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { SignInStep } from "#shared/contract/session.ts";
import { assert } from "#shared/kit/assert.ts";
import type { DB } from "#shared/schema/database.ts";
import type { Account } from "./account.ts";
import type { From, Identity } from "./identity.ts";
import { note } from "./note.ts";
import { personOf } from "./person-of.ts";
import { giveRefreshToken, tokensFor } from "./refresh-tokens.ts";
import { standingOf } from "./standing.ts";
import { strictestTerms } from "./strictest-terms.ts";
import type { Passed } from "./ticket.ts";

/** After so long a person signs in again, however often tokens were refreshed. Nobody visits a wall that often. */
const days = { person: 90, board: 365 };

/** The session of somebody who has passed all steps. */
export async function beginSession(
  tx: Transaction<DB>,
  identity: Identity,
  account: Account,
  { device, means, factor }: Passed,
  from: From,
): Promise<SignInStep & { step: "signedIn" }> {
  const sessionId = randomUUID();
  const length = `${account.kind === "board" ? days.board : days.person} days`;
  await tx
    .insertInto("sessions")
    .values({
      id: sessionId,
      user_id: account.id,
      expires_at: sql`now() + ${length}::interval`,
      device_id: device?.id ?? null,
      version: device?.version ?? null,
    })
    .execute();
  await tx
    .updateTable("users")
    .set({ last_sign_in_at: sql`now()` })
    .where("id", "=", account.id)
    .execute();
  const standing = await standingOf(tx, sessionId);
  assert(standing.is === "member", "a session just begun stands for its member");
  const who = standing.member;
  const step = {
    step: "signedIn" as const,
    sessionId,
    person: await personOf(tx, who),
    terms: await strictestTerms(tx, who),
    ...(await tokensFor(identity, sessionId, await giveRefreshToken(tx, sessionId))),
  };
  const line = { userId: account.id, sessionId, deviceId: device?.id ?? null, detail: { means, secondFactor: factor } };
  await note(tx, from, { action: "signIn", ...line });
  return step;
}
