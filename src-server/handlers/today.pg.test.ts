import type { PGlite } from "@electric-sql/pglite";
import type { Kysely } from "kysely";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callAnalytics } from "#shared/clinic/call-analytics.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { asked, figures } from "#shared/clinic/fixture/oracle.ts";
import { heatMap } from "#shared/clinic/heat-map.ts";
import { longestWaits } from "#shared/clinic/longest-waits.ts";
import { type Reading, wholeClinics } from "#shared/clinic/scope.ts";
import { todayAgents } from "#shared/clinic/today-agents.ts";
import { todayOverview } from "#shared/clinic/today-overview.ts";
import { todayQueues } from "#shared/clinic/today-queues.ts";
import type { DB } from "#shared/schema/database.ts";
import { testDatabase } from "../database/test-database.ts";
import { replicaForTest } from "./replica-for-test.ts";

// Twelve weeks up to Wednesday, 4 November 2026; in New York the clocks went back on the Sunday before.
const clinicId = id("c", 2);
const now = Temporal.Instant.from("2026-11-04T20:15:00Z");
const today = "2026-11-04";
const holiday = "2026-10-21";
const made = madeUp(11, 9000, "2026-08-12", 85);
const world = {
  ...made,
  // One Wednesday the clinic stayed closed; today nothing has come in after a quarter past three.
  calls: made.calls.filter(
    (call) =>
      !(call.clinic_id === clinicId && call.local_day === holiday) &&
      !(call.local_day === today && call.call_start_time > now.toString()),
  ),
};
const wednesdays = [1, 2, 3, 4, 5, 6, 7, 8]
  .map((week) => Temporal.PlainDate.from(today).subtract({ weeks: week }).toString())
  .filter((day) => day !== holiday)
  .sort();
let server: Awaited<ReturnType<typeof testDatabase>>;
let desk: { lite: PGlite; db: Kysely<DB> };
beforeAll(async () => {
  server = await testDatabase();
  desk = await replicaForTest();
  await load(server.system, world);
  await load(desk.db, world);
});
afterAll(async () => {
  await server.drop();
  await desk.lite.close();
});

/** Asks both engines, from rollups and from rows, and gives the one answer. */
async function ask<T>(question: (db: Kysely<DB>, reading: Reading) => Promise<T>): Promise<T> {
  const answer = await question(server.system, wholeClinics);
  expect(await question(desk.db, wholeClinics)).toEqual(answer);
  expect(await question(server.system, { ...wholeClinics, from: "rows" })).toEqual(answer);
  return answer;
}
const callsOn = (day: string, filter = {}) =>
  world.calls.filter((call) => asked(world, { clinicId, startDate: day, endDate: day, ...filter }, call));
const offered = (calls: typeof world.calls) => calls.filter((call) => call.call_direction === "inbound").length;
/** How much of a call's hour counts at 15:15. */
const share = (hour: number) => (hour < 15 ? 1 : hour === 15 ? 0.25 : 0);

test.each([{}, { queueId: id("d", 11) }, { agentId: id("a", 12) }, { locationId: "unassigned" as const }])(
  "today and the usual Wednesday by a quarter past three, for %o",
  async (filter) => {
    const answer = await ask((db, reading) => todayOverview(db, { clinicId, ...filter }, now, reading));
    expect(answer).toMatchObject({ day: today, minute: 15 * 60 + 15, usualDays: 7 });
    expect(answer.values).toEqual(figures(world, callsOn(today, filter), true));
    const byNow = wednesdays.flatMap((day) => callsOn(day, filter));
    const inbound = byNow.filter((call) => call.call_direction === "inbound");
    const answered = inbound.filter((call) => call.call_status === "answered");
    const sum = (calls: typeof byNow, worth: (call: (typeof byNow)[number]) => number) =>
      calls.reduce((total, call) => total + share(call.local_hour) * worth(call), 0);
    const usual = (metric: string) => answer.tiles.find((tile) => tile.metric === metric)?.usual;
    expect(usual("offered")).toBeCloseTo(sum(inbound, () => 1) / 7, 9);
    expect(usual("answered")).toBeCloseTo(sum(answered, () => 1) / 7, 9);
    expect(usual("averageSpeedOfAnswer")).toBeCloseTo(
      sum(answered, (call) => call.wait_seconds ?? 0) / sum(answered, () => 1),
      9,
    );
    for (const tile of answer.tiles) {
      expect(tile.value).toBe(answer.values[tile.metric as "offered"]);
      expect(tile.spark).toHaveLength(8);
      expect(tile.spark.at(-1)).toBe(tile.value);
    }
    for (const { hour, ...told } of answer.hours) {
      const at = (day: string) => offered(callsOn(day, filter).filter((call) => call.local_hour === hour));
      const before = wednesdays.map(at);
      expect(told.offered).toBe(at(today));
      expect(told.usual).toBeCloseTo(before.reduce((a, b) => a + b, 0) / 7, 9);
      expect(told.usualLow).toBeGreaterThanOrEqual(Math.min(...before));
      expect(told.usualHigh).toBeLessThanOrEqual(Math.max(...before));
    }
  },
);

test("a clinic's first day has nothing usual", async () => {
  const first = Temporal.Instant.from("2026-08-12T16:00:00Z");
  const answer = await ask((db, reading) => todayOverview(db, { clinicId }, first, reading));
  expect(answer.usualDays).toBe(0);
  expect(answer.tiles.map((tile) => tile.usual)).toEqual([null, null, null, null, null, null]);
  expect(answer.hours.every((hour) => hour.usual === null && hour.usualLow === null)).toBe(true);
});

test("today's queues, with each one's longest wait", async () => {
  const answer = await ask((db, reading) => todayQueues(db, { clinicId }, now, reading));
  expect(answer.map((queue) => queue.key).sort()).toEqual([
    ...[...new Set(callsOn(today).map((call) => call.queue_id ?? "unassigned"))].sort(),
  ]);
  for (const { key, label: _label, longestWait, ...values } of answer) {
    const calls = callsOn(today, { queueId: key });
    expect(values).toEqual(figures(world, calls, true));
    const waits = calls.flatMap((call) => (call.call_direction === "inbound" ? [call.wait_seconds ?? -1] : []));
    expect(longestWait ?? -1).toBe(Math.max(-1, ...waits));
  }
});

test("today's agents, most answered first, those without a mapping last", async () => {
  const answer = await ask((db, reading) => todayAgents(db, { clinicId }, now, reading));
  const named = answer.filter((agent) => agent.key !== "unassigned");
  expect(answer.at(-1)?.key).toBe("unassigned");
  expect(named.map((agent) => agent.answered)).toEqual(named.map((agent) => agent.answered).sort((a, b) => b - a));
  for (const { key, label: _label, lastCallAt, ...values } of answer) {
    const calls = callsOn(today, { agentId: key });
    expect(values).toEqual(figures(world, calls, true));
    const talked = calls.filter((call) => ["answered", "not_connected"].includes(call.call_status));
    const last = Math.max(...talked.map((call) => Date.parse(call.call_end_time)));
    expect(Date.parse(lastCallAt ?? "")).toBe(last);
  }
});

test("the longest waits of today", async () => {
  const answer = await ask((db, reading) => longestWaits(db, { clinicId, limit: 5 }, now, reading));
  const waits = callsOn(today).filter((call) => call.call_direction === "inbound" && call.wait_seconds !== null);
  expect(answer.map((wait) => wait.waitSeconds)).toEqual(
    waits
      .map((call) => call.wait_seconds)
      .sort((a, b) => Number(b) - Number(a))
      .slice(0, 5),
  );
});

test.each([{}, { clinicId, queueId: id("d", 12) }, { agentId: id("a", 1) }])(
  "the heat map for %o is the hours of its days",
  async (filter) => {
    const range = { startDate: "2026-10-20", endDate: "2026-11-04" };
    const cells = await ask((db, reading) => heatMap(db, { ...filter, ...range }, reading));
    expect(cells).toHaveLength(7 * 24);
    const calls = world.calls.filter((call) => asked(world, { ...filter, ...range }, call));
    for (const { weekday, hour, days, ...values } of cells) {
      const here = calls.filter((call) => {
        const day = new Date(`${call.local_day}T12:00:00Z`).getUTCDay() || 7;
        return day === weekday && call.local_hour === hour;
      });
      expect(days).toBe(weekday === 2 || weekday === 3 ? 3 : 2);
      expect(values).toEqual({ ...figures(world, here, true), waitP50: null, waitP90: null });
    }
  },
);

test("in every group offered is what its calls ended as, and groups add up to the whole", async () => {
  const range = { startDate: "2026-08-12", endDate: today };
  for (const groupBy of ["hour", "day", "week", "month", "queue", "agent", "location", "callType"] as const) {
    const { totals, groups } = await callAnalytics(desk.db, { ...range, groupBy });
    for (const metric of ["offered", "answered", "voicemail", "abandoned", "missed", "outbound", "internal"] as const)
      expect(groups.reduce((sum, group) => sum + group[metric], 0)).toBe(totals[metric]);
    for (const group of groups)
      expect(group.offered).toBe(group.answered + group.voicemail + group.abandoned + group.missed);
  }
});

test("asked without percentiles, every other figure is the same and the two are null", async () => {
  const question = { clinicId, startDate: "2024-01-01", endDate: "2026-12-31", groupBy: "agent" as const };
  const whole = await ask((db, reading) => callAnalytics(db, question, reading));
  const without = await ask((db, reading) => callAnalytics(db, { ...question, percentiles: false }, reading));
  const none = { waitP50: null, waitP90: null };
  expect(whole.totals.waitP50).not.toBeNull();
  expect(without).toEqual({
    totals: { ...whole.totals, ...none },
    groups: whole.groups.map((group) => ({ ...group, ...none })),
  });
});
