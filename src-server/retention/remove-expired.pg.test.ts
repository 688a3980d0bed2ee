import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { databaseForTest, type TestDatabase } from "../database/test-database.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { removeExpired } from "./remove-expired.ts";

const log = pino({ level: "silent" });
const now = Temporal.Instant.from("2026-11-21T10:00:00Z");
const rollups = ["calls_by_hour", "calls_by_agent", "calls_by_type", "calls_by_queue"];

type Clinic = { id: string; source: string };
async function clinicIn(
  database: TestDatabase,
  zone: string,
  days: { calls?: number; rawRecords?: number } = {},
): Promise<Clinic> {
  const { system } = database;
  const [organization, id, source] = [randomUUID(), randomUUID(), randomUUID()];
  await system.insertInto("organizations").values({ id: organization, slug: id, name: "Otter" }).execute();
  await system
    .insertInto("clinics")
    .values({ id, organization_id: organization, slug: id, name: "Otter", time_zone: zone })
    .execute();
  await system.insertInto("call_sources").values({ id: source, clinic_id: id, name: id }).execute();
  for (const [subject, count] of Object.entries(days))
    await system.insertInto("retention_rules").values({ clinic_id: id, subject, days: count }).execute();
  return { id, source };
}
/** Calls of these days, each with two lines received at noon of that day in UTC, and one line of no call. */
async function callsOn({ owner }: TestDatabase, { id, source }: Clinic, days: string[], each = 1) {
  for (const day of days) {
    await owner.query(
      `insert into calls (id, clinic_id, source_id, call_id, call_direction, call_start_time, call_end_time, local_day, local_hour,
         wait_seconds, talk_duration_seconds, call_status)
       select gen_random_uuid(), $1, $2, $3::text || n, 'inbound', $3::date + interval '15 hours', $3::date + interval '16 hours', $3::date, 10,
         12, 60, 'answered' from generate_series(1, $4::int) n`,
      [id, source, day, each],
    );
    await owner.query(
      `insert into raw_records (source_id, clinic_id, received_at, body, format, digest, state, call_id, history_id)
       select $2::uuid, $1::uuid, $3::date + interval '12 hours', 'x'::bytea, 'line', sha256(convert_to($3::text || n || part, 'UTF8')), 'read', $3::text || n, part
       from generate_series(1, $4::int) n, generate_series(1, 2) part
       union all
       select $2::uuid, $1::uuid, $3::date + interval '12 hours', 'x'::bytea, 'line', sha256(convert_to($3::text, 'UTF8')), 'waiting', null, null`,
      [id, source, day, each],
    );
  }
}
const held = async ({ owner }: TestDatabase, { id }: Clinic) => {
  const { rows } = await owner.query<{ days: string[] | null; lines: number }>(
    `select (select array_agg(distinct local_day::text order by local_day::text) from calls where clinic_id = $1) as days,
       (select count(*) from raw_records where clinic_id = $1) as lines`,
    [id],
  );
  return rows[0];
};
const runs = async ({ owner }: TestDatabase) =>
  (
    await owner.query<{ subject: string; before_day: string; removed: number }>(
      "select subject, before_day::text, removed from retention_runs order by id",
    )
  ).rows.map((r) => `${r.subject} ${r.before_day} ${r.removed}`);
const lines = async ({ owner }: TestDatabase) =>
  (
    await owner.query<{ subject: string; clinic_id: string; detail: unknown }>(
      "select subject, clinic_id, detail from audit_log where action = 'retention' order by id",
    )
  ).rows;

test("what is older than the clinic's days goes, by its own calendar, and what is not stays", async () => {
  const database = await databaseForTest();
  // At this moment it is the 21st in Berlin and already the 22nd in Kiritimati.
  const berlin = await clinicIn(database, "Europe/Berlin", { calls: 30, rawRecords: 30 });
  const island = await clinicIn(database, "Pacific/Kiritimati", { calls: 30, rawRecords: 30 });
  const unruled = await clinicIn(database, "UTC");
  const days = ["2019-11-22", "2019-11-23", "2026-10-21", "2026-10-22", "2026-10-23", "2026-11-20"];
  for (const clinic of [berlin, island, unruled]) await callsOn(database, clinic, days);
  expect(await removeExpired(database.system, now, log)).toBeGreaterThan(0);
  expect(await held(database, berlin)).toEqual({ days: days.slice(3), lines: 9 });
  // A line that was received at noon of the 22nd in UTC came on the 23rd there: it stays, and those of the call's own day go.
  expect(await held(database, island)).toEqual({ days: days.slice(4), lines: 7 });
  // Seven years where the clinic said nothing.
  expect(await held(database, unruled)).toEqual({ days: days.slice(1), lines: 15 });
});

test("a call takes its lines with it, while lines that are over leave their call", async () => {
  const database = await databaseForTest();
  const short = await clinicIn(database, "UTC", { calls: 30, rawRecords: 365 });
  const long = await clinicIn(database, "UTC", { calls: 365, rawRecords: 30 });
  for (const clinic of [short, long]) await callsOn(database, clinic, ["2026-08-01", "2026-11-20"]);
  await removeExpired(database.system, now, log);
  // Of the old day the line of no call stays: it is as old as lines may become.
  expect(await held(database, short)).toEqual({ days: ["2026-11-20"], lines: 4 });
  expect(await held(database, long)).toEqual({ days: ["2026-08-01", "2026-11-20"], lines: 3 });
});

test("it goes in batches, each with its line, and the run says how many went in all", async () => {
  const database = await databaseForTest();
  const clinic = await clinicIn(database, "UTC", { calls: 30, rawRecords: 30 });
  await callsOn(database, clinic, ["2026-08-01", "2026-08-02", "2026-11-20"], 5);
  expect(await removeExpired(database.system, now, log, { batch: 4 })).toBe(12);
  expect(await runs(database)).toEqual(["calls 2026-10-22 10", "rawRecords 2026-10-22 2"]);
  const detail = { beforeDay: "2026-10-22", days: 30 };
  expect(await lines(database)).toEqual([
    { subject: "retention.calls", clinic_id: clinic.id, detail: { ...detail, removed: 4, rawRecords: 8 } },
    { subject: "retention.calls", clinic_id: clinic.id, detail: { ...detail, removed: 4, rawRecords: 8 } },
    { subject: "retention.calls", clinic_id: clinic.id, detail: { ...detail, removed: 2, rawRecords: 4 } },
    { subject: "retention.rawRecords", clinic_id: clinic.id, detail: { ...detail, removed: 2 } },
  ]);
});

test("the figures afterwards are those of the calls that are left", async () => {
  const database = await databaseForTest();
  const clinic = await clinicIn(database, "UTC", { calls: 30 });
  await callsOn(database, clinic, ["2026-08-01", "2026-08-02", "2026-11-20"], 5);
  await removeExpired(database.system, now, log, { batch: 3 });
  const figures = async () =>
    Promise.all(
      rollups.map(async (name) => (await database.owner.query(`select * from ${name} order by id`)).rows as unknown[]),
    );
  const after = await figures();
  expect(after.map((rows) => rows.length)).toEqual([1, 1, 1, 1]);
  await database.owner.query("select rebuild_rollups($1)", [clinic.id]);
  expect(await figures()).toEqual(after);
});

test("broken off between two batches, what went is written down, and the next run goes on", async () => {
  const database = await databaseForTest();
  const clinic = await clinicIn(database, "UTC", { calls: 30 });
  await callsOn(database, clinic, ["2026-08-01"], 10);
  // The third line of the log can't be written: its batch must not go either.
  await database.owner.query(`
    create function fail_third() returns trigger language plpgsql as $$ begin
      if (select count(*) from audit_log) >= 2 then raise exception 'power cut'; end if; return new; end $$;
    create trigger a_fail before insert on audit_log for each row execute function fail_third()`);
  await removeExpired(database.system, now, log, { batch: 3 });
  expect(await runs(database)).toEqual(["calls 2026-10-22 6"]);
  expect((await database.owner.query("select from calls")).rowCount).toBe(4);
  expect(await lines(database)).toHaveLength(2);
  await database.owner.query("drop trigger a_fail on audit_log");
  await removeExpired(database.system, now, log, { batch: 3 });
  expect(await runs(database)).toEqual(
    ["calls 2026-10-22 6", "calls 2026-10-22 4", "rawRecords 2026-10-22 0"].map((r) =>
      r.replace("rawRecords 2026-10-22", "rawRecords 2019-11-23"),
    ),
  );
  expect((await database.owner.query("select from calls")).rowCount).toBe(0);
});

test("a day on which nothing was over has one run, however often it is looked at", async () => {
  const database = await databaseForTest();
  await clinicIn(database, "Europe/Berlin");
  for (const hours of [0, 1, 2, 24]) await removeExpired(database.system, now.add({ hours }), log);
  expect(await runs(database)).toHaveLength(4);
  expect(await lines(database)).toEqual([]);
});

test("a clinic in a zone that nobody knows keeps none of the others from being looked at", async () => {
  const database = await databaseForTest();
  await clinicIn(database, "Mars/Olympus", { calls: 30 });
  const clinic = await clinicIn(database, "UTC", { calls: 30 });
  await callsOn(database, clinic, ["2026-08-01"]);
  await removeExpired(database.system, now, log);
  expect((await held(database, clinic))?.days).toBeNull();
});

test("calls that come in meanwhile wait for no more than a batch, and lines of others come in between", async () => {
  const database = await databaseForTest();
  const clinic = await clinicIn(database, "UTC", { calls: 30 });
  await callsOn(database, clinic, ["2026-08-01", "2026-08-02"], 40);
  const writing = (async () => {
    for (let n = 0; n < 20; n++) {
      await callsOn(database, clinic, [`2026-11-${String(n + 1).padStart(2, "0")}`]);
      await writeAudit(database.system, { action: "view", subject: "calls.one" });
    }
  })();
  await removeExpired(database.system, now, log, { batch: 5 });
  await writing;
  expect((await held(database, clinic))?.days).toHaveLength(20);
});
