import { randomUUID } from "node:crypto";
import { ORPCError } from "@orpc/server";
import * as fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { endSessions } from "./end-sessions.ts";
import type { Identity } from "./identity.ts";
import { deviceForTest, from, password, peopleForTest } from "./people-for-test.ts";
import { readReceiptToken } from "./receipt-token.ts";
import { refresh } from "./refresh.ts";
import { giveRefreshToken } from "./refresh-tokens.ts";
import { signIn } from "./sign-in.ts";

async function withSessions() {
  const people = await peopleForTest();
  const { identity, system, person } = people;
  const robin = await person();
  const session = async () => {
    const id = randomUUID();
    const expires_at = sql<string>`now() + interval '90 days'`;
    await system.insertInto("sessions").values({ id, user_id: robin.id, expires_at }).execute();
    return { id, token: (await system.transaction().execute((tx) => giveRefreshToken(tx, id))).token };
  };
  /** The next token, or null: this one is refused. */
  const next = async (token: string) => {
    try {
      return (await refresh(identity, token, from)).refreshToken;
    } catch (error) {
      if (error instanceof ORPCError && error.code === "UNAUTHORIZED") return null;
      throw error;
    }
  };
  return { ...people, robin, session, next };
}

test("who alone holds a session always goes on, however many answers are lost on the way", async () => {
  const { session, next } = await withSessions();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), async (arrives) => {
      let { token } = await session();
      for (const arrived of [...arrives, true]) {
        const answer = await next(token);
        expect(answer).not.toBeNull();
        if (arrived && answer) token = answer;
      }
    }),
    { numRuns: 25 },
  );
});

/** What the owner and a thief do, in any order: refresh with what they hold, with or without seeing the answer; the thief copies. */
const step = fc.constantFrom("owner", "ownerLost", "steal", "thief", "thiefLost");

test("a thief and the owner never both keep going", async () => {
  const { session, next, system } = await withSessions();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 6 }), async (before, after) => {
      const begun = await session();
      const held: { owner: string; thief: string | null } = { owner: begun.token, thief: null };
      const act = async (who: "owner" | "thief", arrived: boolean) => {
        const token = held[who];
        const answer = token === null ? null : await next(token);
        if (answer !== null && arrived) held[who] = answer;
        return answer !== null;
      };
      for (const did of [...before, "steal" as const, ...after]) {
        if (did === "steal") held.thief = held.owner;
        else await act(did.startsWith("owner") ? "owner" : "thief", !did.endsWith("Lost"));
      }
      // From here on both use what they hold, in turn, and see every answer.
      const went = [];
      for (let i = 0; i < 3; i++) went.push(await act("owner", true), await act("thief", true));
      expect(went.slice(-2)).toEqual([false, false]);
      const ended = await system
        .selectFrom("sessions")
        .selectAll()
        .where("id", "=", begun.id)
        .executeTakeFirstOrThrow();
      expect(ended.ended_reason).toBe("tokenReused");
    }),
    { numRuns: 40 },
  );
});

test("of two refreshes at once one is good, and using the other ends the session; the audit log says so", async () => {
  const { session, next, system } = await withSessions();
  const { id, token } = await session();
  const answers = (await Promise.all([next(token), next(token)])).filter((answer) => answer !== null);
  expect(answers).toHaveLength(2);
  const alive = system.selectFrom("refresh_tokens").select("digest").where("session_id", "=", id).where("used_at", "is", null).where("dead", "=", false); // prettier-ignore
  expect(await alive.execute()).toHaveLength(1);
  const used = await Promise.all(answers.map(next));
  expect(used.filter((answer) => answer === null).length).toBeGreaterThan(0);
  const line = await system.selectFrom("audit_log").select(["detail", "session_id"]).executeTakeFirst();
  expect(line).toMatchObject({ session_id: id, detail: { reason: "tokenReused" } });
});

type Begun = { db: Identity["db"]; userId: string; sessionId: string; deviceId: string };
test.each<[string, (begun: Begun) => Promise<unknown>]>([
  [
    "deviceEnded",
    ({ db, deviceId }) =>
      db
        .updateTable("devices")
        .set({ ended_at: sql`now()` })
        .where("id", "=", deviceId)
        .execute(),
  ],
  ["deviceEnded", ({ db, deviceId }) => endSessions(db, { deviceId }, "deviceEnded")],
  ["sessionEnded", ({ db, sessionId }) => endSessions(db, { sessionId }, "sessionEnded")],
  [
    "accountDisabled",
    ({ db, userId }) => db.updateTable("users").set({ active: false }).where("id", "=", userId).execute(),
  ],
  ["passwordChanged", ({ db, userId }) => endSessions(db, { userId }, "passwordChanged")],
])("a token of a session that somebody ended says why, %s, with a receipt's token", async (reason, end) => {
  const { identity, person } = await peopleForTest();
  const robin = await person();
  const device = deviceForTest();
  const begun = await signIn(identity, { email: robin.email, password, device }, from);
  if (begun.step !== "signedIn") throw new Error(begun.step);
  await end({ db: identity.db, userId: robin.id, sessionId: begun.sessionId, deviceId: device.id });
  const refused = await refresh(identity, begun.refreshToken, from).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "UNAUTHORIZED", data: { reason } });
  const { receipt } = (refused as { data: { receipt: string } }).data;
  expect(await readReceiptToken(identity.keys.token, receipt)).toEqual({
    sessionId: begun.sessionId,
    userId: robin.id,
  });
  // What is good for a receipt is good for nothing else, and the other way round.
  expect(await readReceiptToken(identity.keys.token, begun.accessToken)).toBeNull();
});

test("a refresh token lives for thirty days, its session for ninety, a board's for a year; what is over is expired", async () => {
  const { identity, person, system, next, robin, organization } = await withSessions();
  const wall = await person([{ clinicId: organization.clinics[0], role: "board" }], { kind: "board" });
  const days = async (email: string) => {
    const begun = await signIn(identity, { email, password }, from);
    if (begun.step !== "signedIn") throw new Error(begun.step);
    const { expires_at } = await system.selectFrom("sessions").selectAll().where("id", "=", begun.sessionId).executeTakeFirstOrThrow(); // prettier-ignore
    const inDays = (text: string) => Math.round((Date.parse(text) - Date.now()) / 86_400_000);
    return { begun, refresh: inDays(begun.refreshExpiresAt), session: inDays(expires_at) };
  };
  const mine = await days(robin.email);
  expect(mine).toMatchObject({ refresh: 30, session: 90 });
  expect(await days(wall.email)).toMatchObject({ refresh: 30, session: 365 });

  await system.updateTable("sessions").set({ expires_at: sql`now() + interval '3 days'` }).where("id", "=", mine.begun.sessionId).execute(); // prettier-ignore
  const last = await refresh(identity, mine.begun.refreshToken, from);
  expect(Date.parse(last.refreshExpiresAt) - Date.now()).toBeLessThan(3 * 86_400_000 + 1000);
  await system
    .updateTable("refresh_tokens")
    .set({ expires_at: sql`now()` })
    .execute();
  const over = await refresh(identity, last.refreshToken, from).catch((error: unknown) => error);
  expect(over).toMatchObject({ code: "UNAUTHORIZED", data: { reason: "expired" } });
  expect((over as { data: object }).data).not.toHaveProperty("receipt");
  expect(await next("no-such-token")).toBeNull();
});
