import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { Temporal } from "temporal-polyfill";
import { expect, onTestFinished, test } from "vitest";
import { databaseForTest } from "../database/test-database.ts";
import { startRetention } from "./start-retention.ts";

const log = pino({ level: "silent" });
const at = (text: string) => Temporal.Instant.from(text);

/** A clinic in New York that keeps calls for 30 days, and a server's clock that is set by hand. */
async function clinicAt(text: string) {
  const { system, owner } = await databaseForTest();
  const clock = { now: at(text) };
  const [organization, id, source] = [randomUUID(), randomUUID(), randomUUID()];
  await system.insertInto("organizations").values({ id: organization, slug: "o", name: "Otter" }).execute();
  const time_zone = "America/New_York";
  await system
    .insertInto("clinics")
    .values({ id, organization_id: organization, slug: "c", name: "Otter", time_zone })
    .execute();
  await system.insertInto("call_sources").values({ id: source, clinic_id: id, name: "pbx" }).execute();
  await system.insertInto("retention_rules").values({ clinic_id: id, subject: "calls", days: 30 }).execute();
  const callOn = (day: string) =>
    owner.query(
      `insert into calls (id, clinic_id, source_id, call_id, call_direction, call_start_time, call_end_time, local_day, local_hour,
         talk_duration_seconds, call_status)
       values (gen_random_uuid(), $1, $2, $3::text, 'outbound', $3::text::date, $3::text::date, $3::text::date, 9, 60, 'answered')`,
      [id, source, day],
    );
  const days = async () =>
    (await owner.query<{ day: string }>("select local_day::text as day from calls order by 1")).rows.map((r) => r.day);
  const runs = async () => (await owner.query("select from retention_runs where subject = 'calls'")).rowCount;
  const start = () => {
    const retention = startRetention({ system, log, now: () => clock.now });
    onTestFinished(retention.stop);
    return retention;
  };
  return { owner, system, clock, callOn, days, runs, start };
}

test("a server that starts catches up on the nights that it missed", async () => {
  const { callOn, days, runs, start } = await clinicAt("2026-11-21T17:00:00Z");
  for (const day of ["2026-10-20", "2026-10-21", "2026-10-22", "2026-11-21"]) await callOn(day);
  const retention = start();
  await expect.poll(runs).toBe(1);
  await retention.stop();
  expect(await days()).toEqual(["2026-10-22", "2026-11-21"]);
  expect(await retention.health()).toMatchObject({ state: "ok", lastRun: expect.any(String) as string });
});

test("a run that was broken off is gone on with at the next start, also on the same day", async () => {
  const { callOn, days, start } = await clinicAt("2026-11-21T17:00:00Z");
  await callOn("2026-10-20");
  const first = start();
  await expect.poll(days).toEqual([]);
  await first.stop();
  await callOn("2026-10-21");
  start();
  await expect.poll(days).toEqual([]);
});

test("a night's run comes at three by the clinic's clock, and not at each time that it looks", async () => {
  const { clock, callOn, days, runs, start } = await clinicAt("2026-11-22T07:59:59Z");
  start();
  await expect.poll(runs).toBe(1);
  await callOn("2026-10-22");
  // It looks again after a second by its clock, which stands still: nothing is due.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await days()).toEqual(["2026-10-22"]);
  clock.now = at("2026-11-22T08:00:00Z");
  await expect.poll(days, { timeout: 20_000 }).toEqual([]);
  expect(await runs()).toBe(2);
});

test("a missing run shows once it is two hours late, and not while the server has only just begun", async () => {
  const { clock, owner, runs, start } = await clinicAt("2026-11-21T08:00:00Z");
  await owner.query("alter table retention_runs rename to gone");
  const retention = start();
  await expect.poll(async () => (await retention.health().catch(() => null)) === null).toBe(true);
  await owner.query("alter table gone rename to retention_runs");
  expect(await retention.health()).toEqual({ state: "ok", lastRun: null });
  clock.now = at("2026-11-21T10:00:01Z");
  expect(await retention.health()).toEqual({ state: "overdue", lastRun: null });
  await retention.stop();
  const again = start();
  await expect.poll(runs).toBe(1);
  expect(await again.health()).toMatchObject({ state: "ok" });
});
