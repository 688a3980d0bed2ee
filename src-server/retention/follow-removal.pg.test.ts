import { Kysely, PostgresDialect } from "kysely";
import { pino } from "pino";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import type { DB } from "#shared/schema/database.ts";
import { testCalls, testClinic, testMember } from "../shapes/test-clinic.ts";
import { engineForTest, rowsOf } from "../shapes/test-engine.ts";
import { removeExpired } from "./remove-expired.ts";

test("what retention removes leaves the desks that follow", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 20);
  await engine.pool.query("update calls set local_day = '2019-01-01' where call_id::int <= 13");
  const stream = engine.stream(testMember(clinic), "calls");
  await rowsOf(stream, (held) => held.length === 20);
  const system = new Kysely<DB>({ dialect: new PostgresDialect({ pool: engine.pool }) });
  const now = Temporal.Instant.from("2026-11-21T10:00:00Z");
  expect(await removeExpired(system, now, pino({ level: "silent" }), { batch: 5 })).toBe(13);
  const left = await rowsOf(stream, (held) => held.length === 7);
  expect(left.map((row) => Number(row.call_id)).toSorted((a, b) => a - b)).toEqual([14, 15, 16, 17, 18, 19, 20]);
});
