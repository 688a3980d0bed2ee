import { ORPCError } from "@orpc/server";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Device } from "#shared/contract/session.ts";
import { deviceForTest, from, password, peopleForTest } from "./people-for-test.ts";
import { signIn } from "./sign-in.ts";

async function withTries() {
  const people = await peopleForTest();
  const { identity, system } = people;
  const outcome = async (email: string, tried: string, address = from.address, device?: Device): Promise<string> => {
    try {
      return (await signIn(identity, { email, password: tried, device }, { ...from, address })).step;
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      const data = error.data as { retryAfter?: number } | undefined;
      return data?.retryAfter ? `${error.code} ${data.retryAfter}` : error.code;
    }
  };
  /** As if all failures had been so much longer ago. */
  const later = (interval: string) =>
    system
      .updateTable("sign_in_failures")
      .set({
        last_at: sql`last_at - ${interval}::interval`,
        locked_until: sql`locked_until - ${interval}::interval`,
      })
      .execute();
  /** For how many seconds the last failure of an account locked it. */
  const lockOf = async (): Promise<number> => {
    const { rows } = await sql<{ seconds: number | null }>`
      select extract(epoch from locked_until - last_at)::int as seconds from sign_in_failures where kind = 'account'`.execute(
      system,
    );
    return rows[0]?.seconds ?? 0;
  };
  return { ...people, outcome, later, lockOf };
}

test("from the fifth failure on an account locks, each time for twice as long, at most a quarter of an hour", async () => {
  const { person, outcome, later, lockOf } = await withTries();
  const { email } = await person();
  for (let i = 0; i < 4; i++) expect(await outcome(email, "wrong")).toBe("UNAUTHORIZED");
  expect(await lockOf()).toBe(0);
  const locks: number[] = [];
  for (let i = 0; i < 12; i++) {
    expect(await outcome(email, "wrong")).toBe("UNAUTHORIZED");
    const lock = await lockOf();
    locks.push(lock);
    await later(`${lock} seconds`);
  }
  expect(locks).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
});

test("the right password is refused too while it is locked, lets in after, and clears the count", async () => {
  const { person, outcome, later } = await withTries();
  const { email } = await person();
  for (let i = 0; i < 7; i++) {
    await outcome(email, "wrong");
    if (i >= 4) await later("5 seconds");
  }
  await later("-60 seconds");
  expect(await outcome(email, password)).toMatch(/^TOO_MANY_REQUESTS \d+$/);
  await later("70 seconds");
  expect(await outcome(email, password)).toBe("signedIn");
  for (let i = 0; i < 4; i++) expect(await outcome(email, "wrong")).toBe("UNAUTHORIZED");
  expect(await outcome(email, password)).toBe("signedIn");
});

test("failures are forgotten after a quiet quarter of an hour", async () => {
  const { person, outcome, later } = await withTries();
  const { email } = await person();
  for (let i = 0; i < 4; i++) await outcome(email, "wrong");
  await later("16 minutes");
  for (let i = 0; i < 4; i++) expect(await outcome(email, "wrong")).toBe("UNAUTHORIZED");
  expect(await outcome(email, password)).toBe("signedIn");
});

test("an account that is not there, a disabled one and one without a password answer as the others do, locked or not", async () => {
  const { person, outcome, system, later } = await withTries();
  const [there, disabled, none] = [await person(), await person(), await person()];
  await system.updateTable("users").set({ active: false }).where("id", "=", disabled.id).execute();
  await system.deleteFrom("user_credentials").where("user_id", "=", none.id).execute();
  for (let i = 0; i < 6; i++) {
    const answers = await Promise.all([
      outcome(there.email, "wrong"),
      outcome(disabled.email, password),
      outcome(none.email, ""),
      outcome("nobody@otter.example", password),
    ]);
    const [code] = new Set(answers.map((answer) => answer.split(" ")[0]));
    expect(new Set(answers.map((answer) => answer.split(" ")[0])).size).toBe(1);
    expect(code).toBe(i < 5 ? "UNAUTHORIZED" : "TOO_MANY_REQUESTS");
    if (i === 4) await later("-60 seconds");
  }
  const kept = await system.selectFrom("sign_in_failures").selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain("otter");
});

test("that an account is disabled is said to its right password alone", async () => {
  const { person, identity, system } = await withTries();
  const { id, email } = await person();
  await system.updateTable("users").set({ active: false }).where("id", "=", id).execute();
  const said = (tried: string) =>
    signIn(identity, { email, password: tried }, { ...from, address: "198.51.100.9" }).catch((error: unknown) => error);
  expect(await said("wrong")).toMatchObject({
    code: "UNAUTHORIZED",
    message: expect.stringContaining("don't match"),
    data: undefined,
  });
  expect(await said(password)).toMatchObject({ code: "UNAUTHORIZED", data: { reason: "accountDisabled" } });
});

test("one person who can't remember does not lock the front desk's address; a hundred failures there do, for a minute at most", async () => {
  const { person, outcome, later } = await withTries();
  const [forgetful, colleague] = [await person(), await person()];
  for (let i = 0; i < 30; i++) await outcome(forgetful.email, "wrong");
  expect(await outcome(colleague.email, password)).toBe("signedIn");
  for (let i = 0; i < 110; i++) {
    await outcome(`p${i}@otter.example`, "wrong");
    if (i > 90) await later("-5 seconds");
  }
  expect(await outcome(colleague.email, password)).toMatch(/^TOO_MANY_REQUESTS \d+$/);
  expect(await outcome(colleague.email, password, "198.51.100.7")).toBe("signedIn");
});

test("a thousand wrong tries at once: few are checked, the others are refused at once, and somebody else gets in", async () => {
  const { person, outcome, system } = await withTries();
  const { email } = await person();
  const colleague = await person();
  const tries = Array.from({ length: 1000 }, (_, i) => outcome(email, `wrong ${i}`, `198.51.100.${i % 200}`));
  const tally = Map.groupBy(await Promise.all(tries), (answer) => answer.split(" ")[0]);
  expect(new Set(tally.keys())).toEqual(new Set(["TOO_MANY_REQUESTS", "UNAUTHORIZED"]));
  // Tries for one account are looked at one after another: the sixth finds it locked, and a second later one more is let through.
  expect(tally.get("UNAUTHORIZED")?.length).toBeGreaterThanOrEqual(5);
  expect(tally.get("UNAUTHORIZED")?.length).toBeLessThan(12);
  const lines = await system.selectFrom("audit_log").select("action").where("action", "=", "signInRefused").execute();
  expect(lines).toHaveLength(tally.get("UNAUTHORIZED")?.length ?? 0);
  expect(await outcome(colleague.email, password)).toBe("signedIn");
});

test("a thousand tries for a thousand accounts: the queue is bounded, and what it took in is answered", async () => {
  const { outcome, system } = await withTries();
  const tries = Array.from({ length: 1000 }, (_, i) =>
    outcome(`p${i}@otter.example`, "wrong", `198.51.100.${i % 200}`),
  );
  const tally = Map.groupBy(await Promise.all(tries), (answer) => answer);
  expect(new Set(tally.keys())).toEqual(new Set(["TOO_MANY_REQUESTS 2", "UNAUTHORIZED"]));
  expect(tally.get("UNAUTHORIZED")?.length).toBeLessThanOrEqual(202);
  const held = await system.selectFrom("sign_in_failures").select("kind").where("kind", "=", "account").execute();
  expect(held).toHaveLength(tally.get("UNAUTHORIZED")?.length ?? 0);
});

test("who is kept trying from elsewhere still signs in on a desk of theirs, which has a lock of its own", async () => {
  const { person, outcome, system } = await withTries();
  const [{ email }, other] = [await person(), await person()];
  const [own, strange] = [deviceForTest(), deviceForTest()];
  expect(await outcome(email, password, from.address, own)).toBe("signedIn");
  expect(await outcome(other.email, password, from.address, strange)).toBe("signedIn");
  for (let n = 0; n < 8; n++) await outcome(email, "wrong", `198.51.100.${n}`);
  await system
    .updateTable("sign_in_failures")
    .set({ failures: 8, locked_until: sql`now() + interval '15 minutes'` })
    .execute();
  const lock = /^TOO_MANY_REQUESTS/;
  expect(await outcome(email, password)).toMatch(lock);
  // A desk that is somebody else's, and one that nobody has heard of, help nobody.
  expect(await outcome(email, password, from.address, strange)).toMatch(lock);
  expect(await outcome(email, password, from.address, deviceForTest())).toMatch(lock);
  expect(await outcome(email, password, from.address, own)).toBe("signedIn");
  // Success there does not lift the lock for those elsewhere.
  expect(await outcome(email, password)).toMatch(lock);
  for (let n = 0; n < 5; n++) await outcome(email, "wrong", from.address, own);
  expect(await outcome(email, password, from.address, own)).toMatch(lock);
  await system
    .updateTable("devices")
    .set({ ended_at: sql`now()` })
    .where("id", "=", own.id)
    .execute();
  await system
    .deleteFrom("sign_in_failures")
    .where("locked_until", "<", sql<string>`now() + interval '10 minutes'`)
    .execute();
  expect(await outcome(email, password, from.address, own)).toMatch(lock);
});

test("who has a network of version 6 has one count for all its addresses", async () => {
  const { outcome, system } = await withTries();
  for (let n = 0; n < 4; n++) await outcome(`nobody${n}@otter.example`, "wrong", `2001:db8:1:2::${n}`);
  const held = await system.selectFrom("sign_in_failures").select("failures").where("kind", "=", "address").execute();
  expect(held).toEqual([{ failures: 4 }]);
});
