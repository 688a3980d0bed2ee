import * as fc from "fast-check";
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { byHand, type Counted, rollups } from "#shared/clinic/fixture/rollups-by-hand.ts";
import { waitBounds } from "#shared/clinic/wait-buckets.ts";
import type { DB } from "#shared/schema/database.ts";
import { testDatabase } from "../database/test-database.ts";
import { replicaForTest } from "./replica-for-test.ts";

const world = madeUp(3, 400, "2026-10-24", 3);
let engines: { name: string; db: Kysely<DB>; close: () => Promise<void> }[];
beforeAll(async () => {
  const server = await testDatabase();
  const desk = await replicaForTest();
  engines = [
    { name: "PostgreSQL", db: ownersOf(server), close: server.drop },
    { name: "PGlite", db: desk.db, close: () => desk.lite.close() },
  ];
  for (const { db } of engines) await load(db, { ...world, calls: [] });
});
afterAll(async () => {
  for (const { close } of engines) await close();
});

/** Only the owner may truncate. */
const ownersOf = ({ owner }: Awaited<ReturnType<typeof testDatabase>>) =>
  new Kysely<DB>({ dialect: new PostgresDialect({ pool: owner }) });

/** Which calls a step touches: every nth, from an offset. */
const some = fc.record({ every: fc.integer({ min: 1, max: 9 }), offset: fc.integer({ min: 0, max: 8 }) });
/** What an update sets: each of these moves calls between keys, or changes what they count for. */
const change = fc.constantFrom(
  "agent_id = null",
  `agent_id = '${id("a", 2)}', location_id = '${id("b", 2)}'`,
  "queue_id = null, location_id = null",
  "local_day = local_day + 1, local_hour = 23 - local_hour",
  `clinic_id = '${id("c", 2)}'`,
  "call_type = 'recall'",
  "wait_seconds = wait_seconds + 7, talk_duration_seconds = talk_duration_seconds * 2, hold_time_seconds = 3",
  "call_direction = 'inbound', call_status = 'abandoned', wait_seconds = 4",
  "call_direction = 'outbound', call_status = 'answered', wait_seconds = null",
  "caller_name = 'Somebody'",
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("insert" as const), some }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("update" as const), some, change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("upsert" as const), some }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), some }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("thresholds" as const), seconds: fc.integer({ min: 1, max: 60 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("rebuild" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("truncate" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function run(db: Kysely<DB>, step: Step): Promise<void> {
  const chosen = (s: { every: number; offset: number }) =>
    sql`right(id::text, 6)::int % ${sql.lit(s.every)} = ${sql.lit(s.offset % s.every)}`;
  if (step.kind === "truncate") await sql`truncate calls`.execute(db);
  else if (step.kind === "rebuild") await sql`select rebuild_rollups(id) from clinics`.execute(db);
  else if (step.kind === "delete") await sql`delete from calls where ${chosen(step.some)}`.execute(db);
  else if (step.kind === "update")
    await sql`update calls set ${sql.raw(step.change)} where ${chosen(step.some)}`.execute(db);
  else if (step.kind === "thresholds")
    await sql`update clinics set service_level_seconds = ${step.seconds}, short_abandon_seconds = ${step.seconds}
      where slug <> 'clinic-3'`.execute(db);
  else {
    const { every, offset } = step.some;
    const rows = world.calls.filter((_, i) => i % every === offset % every).slice(0, 60);
    await db
      .insertInto("calls")
      .values(rows)
      .onConflict((c) =>
        step.kind === "insert"
          ? c.doNothing()
          : c.column("id").doUpdateSet((x) => ({
              queue_id: x.ref("excluded.queue_id"),
              agent_id: x.ref("excluded.agent_id"),
              local_day: x.ref("excluded.local_day"),
            })),
      )
      .execute();
  }
}

/** What the rollups hold, and what a count from scratch gives. */
async function heldAndCounted(db: Kysely<DB>): Promise<[held: unknown, counted: unknown]> {
  const calls: Counted[] = await db.selectFrom("calls").selectAll().execute();
  const clinics = new Map((await db.selectFrom("clinics").selectAll().execute()).map((c) => [c.id, c]));
  const bounds = (await sql<{ b: number[] }>`select handle_bounds() as b`.execute(db)).rows[0]?.b ?? [];
  const names = Object.keys(rollups) as (keyof typeof rollups)[];
  const held = names.map(async (name) => {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    return [name, sorted(rows)];
  });
  const counted = names.map((name) => [name, sorted(byHand(name, calls, clinics, bounds))]);
  return [await Promise.all(held), counted];
}
/** Without the row's id, by which shapes name it: it counts nothing. */
const sorted = (rows: Record<string, unknown>[]) =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .filter(([name]) => name !== "id")
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    )
    .sort()
    .map((text) => JSON.parse(text) as unknown);

test("whatever is written to calls, each rollup equals a count from scratch, on both engines", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      for (const { db } of engines) {
        await sql`truncate calls`.execute(db);
        for (const s of steps) await run(db, s);
        const [held, counted] = await heldAndCounted(db);
        expect(held).toEqual(counted);
      }
    }),
    { numRuns: 25 },
  );
});

test("calls that come before their clinic are counted by 20 and 5 seconds, and anew when it comes", async () => {
  const { db, lite } = await replicaForTest();
  const steps = [
    () => db.insertInto("calls").values(world.calls).execute(),
    () => db.insertInto("clinics").values(world.clinics).execute(),
    () => sql`delete from clinics`.execute(db),
  ];
  for (const step of steps) {
    await step();
    const [held, counted] = await heldAndCounted(db);
    expect(held).toEqual(counted);
  }
  await lite.close();
});

test("the buckets that questions interpolate are the rollups' own", async () => {
  for (const { db } of engines)
    expect((await sql<{ b: number[] }>`select wait_bounds() as b`.execute(db)).rows[0]?.b).toEqual(waitBounds);
});

test("writers of one clinic at once and a change of its thresholds leave no call out", async () => {
  const { system: db, drop } = await testDatabase();
  await load(db, { ...world, calls: [] });
  const parts = [0, 1, 2, 3, 4, 5].map((part) => world.calls.filter((_, i) => i % 6 === part));
  const writers = parts.map((rows) =>
    db.transaction().execute(async (tx) => {
      await tx.insertInto("calls").values(rows.slice(0, 30)).execute();
      await tx.insertInto("calls").values(rows.slice(30)).execute();
    }),
  );
  const changes = [7, 33].map((seconds) =>
    db.updateTable("clinics").set({ service_level_seconds: seconds }).where("id", "=", id("c", 1)).execute(),
  );
  await Promise.all([...writers, ...changes]);
  const [held, counted] = await heldAndCounted(db);
  expect(held).toEqual(counted);
  expect(await db.selectFrom("calls").select("id").execute()).toHaveLength(400);
  await drop();
});
