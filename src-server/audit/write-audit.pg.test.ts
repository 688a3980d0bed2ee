import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { databaseForTest } from "../database/test-database.ts";
import { SeenLately } from "./seen-lately.ts";
import { createTrail } from "./trail.ts";
import { verifyChain } from "./verify-chain.ts";
import { writeAudit } from "./write-audit.ts";

const line = { action: "view", subject: "calls.one" } as const;

test("parallel writers in transactions and out of them leave one chain without a gap", async () => {
  const { system, owner } = await databaseForTest();
  const trail = createTrail(system);
  await Promise.all([
    ...Array.from({ length: 40 }, (_, n) => writeAudit(system, { ...line, subjectId: `a${n}` })),
    ...Array.from({ length: 40 }, (_, n) => trail.write([line, { ...line, subjectId: `b${n}` }])),
    ...Array.from({ length: 10 }, () =>
      system.transaction().execute(async (tx) => {
        await sql`select pg_sleep(0.01)`.execute(tx);
        await writeAudit(tx, [line, line, line]);
      }),
    ),
  ]);
  const { rows } = await owner.query<{ lines: number; last: number }>(
    "select count(*) as lines, max(id) as last from audit_log",
  );
  expect(rows[0]).toEqual({ lines: 150, last: 150 });
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 150 });
});

test("lines keep the order in which they were given, and one that rolls back leaves no gap", async () => {
  const { system, owner } = await databaseForTest();
  await writeAudit(
    system,
    ["one", "two", "three"].map((subjectId) => ({ ...line, subjectId })),
  );
  await expect(
    system.transaction().execute(async (tx) => {
      await writeAudit(tx, line);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await writeAudit(system, { ...line, subjectId: "four" });
  const { rows } = await owner.query<{ id: number; subject_id: string }>(
    "select id, subject_id from audit_log order by id",
  );
  expect(rows.map((r) => `${r.id} ${r.subject_id}`)).toEqual(["1 one", "2 two", "3 three", "4 four"]);
});

test("a transaction that saw the log before the others writes nothing instead of a second line of the same number", async () => {
  const { system, owner } = await databaseForTest();
  await expect(
    system
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (tx) => {
        await sql`select 1 from audit_log`.execute(tx);
        await writeAudit(system, line);
        await writeAudit(tx, line);
      }),
  ).rejects.toThrow("duplicate key");
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 1 });
});

test("whatever a detail holds, the line is written and its hash holds", async () => {
  const { system, owner } = await databaseForTest();
  await writeAudit(system, {
    action: "configure",
    subject: "people.add",
    subjectId: "half \ud800 and \0",
    requestId: "",
    userId: randomUUID(),
    detail: {
      ключ: "значение 👩🏽‍⚕️",
      deep: { list: [1, 1.5, null, true, "1:a,"], 'quo"te': "\\ \n" },
      half: "\ud83d",
      nul: "\0",
    },
  });
  await writeAudit(system, { ...line, occurredAt: "2026-02-03T04:05:06.789123+02:00" });
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 2 });
  const { rows } = await owner.query<{ occurred_at: string }>("select occurred_at from audit_log where id = 2");
  expect(rows[0]?.occurred_at).toBe("2026-02-03T02:05:06.789123Z");
});

test("a desk's line is written once, and leaves no gap the second time", async () => {
  const { system, owner } = await databaseForTest();
  const deskEvent = randomUUID();
  expect(await writeAudit(system, [{ ...line, deskEvent }, line, { ...line, deskEvent }])).toBe(2);
  expect(await writeAudit(system, [{ ...line, deskEvent }, line])).toBe(1);
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 3 });
});

test("one line that can't be written takes no other's with it", async () => {
  const { system, owner } = await databaseForTest();
  const trail = createTrail(system);
  const results = await Promise.allSettled([
    trail.write(line),
    trail.write(line),
    trail.write({ ...line, clinicId: "no uuid" }),
    trail.write(line),
  ]);
  expect(results.map((r) => r.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 3 });
});

test("what was left out within a minute is counted in the next line of its kind", async () => {
  const { system, owner } = await databaseForTest();
  const clock = { now: 0 };
  const trail = createTrail(system, undefined, new SeenLately(60_000, 100, () => clock.now));
  for (const at of [0, 10, 20, 60_000, 120_000]) {
    clock.now = at;
    await trail.once("a", { ...line, detail: { code: "FORBIDDEN" } });
  }
  const { rows } = await owner.query<{ detail: unknown }>("select detail from audit_log order by id");
  expect(rows.map((r) => r.detail)).toEqual([
    { code: "FORBIDDEN" },
    { code: "FORBIDDEN", repeated: 2 },
    { code: "FORBIDDEN" },
  ]);
});

test("nobody changes, removes or empties it, the owner included", async () => {
  const { system, owner } = await databaseForTest();
  await writeAudit(system, line);
  for (const statement of [
    "update audit_log set subject = 'x'",
    "delete from audit_log",
    "truncate audit_log",
    "set session_replication_role = replica; delete from audit_log",
  ])
    await expect(owner.query(statement)).rejects.toThrow("The audit log only grows");
});
