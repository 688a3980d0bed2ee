import { call } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, type MadeUp, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { expectedAnalytics } from "#shared/clinic/fixture/oracle.ts";
import { type AnalyticsQuestion, groupBy } from "#shared/contract/reports.ts";
import { asMember } from "../database/as-member.ts";
import { testDatabase } from "../database/test-database.ts";
import { callsHandlers } from "./calls.ts";
import { clinicsHandlers } from "./clinics.ts";
import { contextForTest } from "./context-for-test.ts";
import { memberForTest } from "./member-for-test.ts";
import { reportsHandlers } from "./reports.ts";
import { todayHandlers } from "./today.ts";

const world = madeUp(5, 900);
const range = { startDate: "2026-10-19", endDate: "2026-11-08" };
const manager = memberForTest({ clinic: 1, role: "manager" });
const agent = memberForTest({ clinic: 1, role: "call_center_agent", agent: id("a", 1) });
const both = memberForTest(
  { clinic: 2, role: "supervisor", locations: [id("b", 11)] },
  { clinic: 1, role: "call_center_agent", agent: id("a", 2) },
);
const provider = memberForTest({ clinic: 1, role: "provider" });
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  await load(database.system, world);
});
afterAll(() => database.drop());

const as = (member: Member | null) => ({
  context: contextForTest(database, member),
});
/** The world as somebody sees it who sees only these calls. */
const seen = (calls: (call: MadeUp["calls"][number]) => boolean): MadeUp => ({
  ...world,
  calls: world.calls.filter(calls),
});
const analytics = (who: Member, question: Partial<AnalyticsQuestion>) =>
  call(reportsHandlers.callAnalytics, { ...range, ...question }, as(who));

test.each(groupBy.options)("figures by %s are of the calls that a person may see, and of no others", async (by) => {
  const question = { ...range, groupBy: by };
  const ofClinic1 = (call: MadeUp["calls"][number]) => call.clinic_id === id("c", 1);
  expect(await analytics(manager, { groupBy: by })).toEqual(expectedAnalytics(seen(ofClinic1), question));
  expect(await analytics(agent, { groupBy: by })).toEqual(
    expectedAnalytics(
      seen((call) => call.agent_id === id("a", 1)),
      question,
    ),
  );
  expect(await analytics(both, { groupBy: by })).toEqual(
    expectedAnalytics(
      seen((call) => call.location_id === id("b", 11) || call.agent_id === id("a", 2)),
      question,
    ),
  );
});

test("an agent sees nothing of a colleague, neither asked by name nor in the rollups", async () => {
  const { totals } = await analytics(agent, { agentId: id("a", 2) });
  expect(totals).toMatchObject({ offered: 0, outbound: 0, internal: 0, waitP50: null });
  const held = await asMember(database.db, agent, (tx) => tx.selectFrom("calls_by_agent").selectAll().execute());
  expect(held).toEqual([]);
});

test("another's clinic is not there, for any question", async () => {
  const clinicId = id("c", 2);
  const notThere = { code: "NOT_FOUND" };
  await expect(analytics(manager, { clinicId })).rejects.toMatchObject(notThere);
  await expect(call(reportsHandlers.heatMap, { ...range, clinicId }, as(manager))).rejects.toMatchObject(notThere);
  await expect(call(todayHandlers.overview, { clinicId }, as(manager))).rejects.toMatchObject(notThere);
  await expect(call(todayHandlers.queues, { clinicId }, as(manager))).rejects.toMatchObject(notThere);
  await expect(call(todayHandlers.agents, { clinicId }, as(manager))).rejects.toMatchObject(notThere);
  await expect(call(todayHandlers.longestWaits, { clinicId }, as(manager))).rejects.toMatchObject(notThere);
  await expect(call(callsHandlers.list, { clinicId }, as(manager))).rejects.toMatchObject(notThere);
  await expect(call(clinicsHandlers.directory, { clinicId }, as(manager))).rejects.toMatchObject(notThere);
});

test("a call is found by who may see it alone", async () => {
  const mine = world.calls.find((call) => call.agent_id === id("a", 1));
  const others = world.calls.find((call) => call.clinic_id === id("c", 1) && call.agent_id !== id("a", 1));
  const foreign = world.calls.find((call) => call.clinic_id === id("c", 3));
  const one = (who: Member, which: typeof mine) => call(callsHandlers.one, { id: which?.id ?? "" }, as(who));
  expect(await one(agent, mine)).toMatchObject({ id: mine?.id, agentName: "Agent D", waitSeconds: mine?.wait_seconds });
  expect(await one(manager, others)).toMatchObject({ id: others?.id });
  await expect(one(agent, others)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(one(manager, foreign)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a role that shows no calls is refused in a sentence, and nobody gets nothing without signing in", async () => {
  await expect(analytics(provider, {})).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: /Your role shows no calls/,
  });
  await expect(call(callsHandlers.list, {}, as(provider))).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(call(clinicsHandlers.list, undefined, as(null))).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await call(clinicsHandlers.list, undefined, as(provider))).toHaveLength(1);
});

test("a range the wrong way round or over five years names the day to change", async () => {
  const refused = (field: string) => ({ code: "BAD_REQUEST", data: { fields: { [field]: expect.any(String) } } });
  const ask = (startDate: string, endDate: string) =>
    call(reportsHandlers.heatMap, { startDate, endDate }, as(manager));
  await expect(ask("2026-11-02", "2026-11-01")).rejects.toMatchObject(refused("endDate"));
  await expect(ask("2021-01-01", "2026-11-01")).rejects.toMatchObject(refused("startDate"));
  await expect(analytics(manager, { startDate: "2020-01-01" })).rejects.toMatchObject(refused("startDate"));
});

test("a changed rule moves the figures back to the first call; only managers and administrators change it", async () => {
  const set = (who: Member, rule: object) =>
    call(clinicsHandlers.setServiceLevel, { clinicId: id("c", 1), ...rule }, as(who));
  const changed = { seconds: 7, variant: "abandonsWithinIgnored", shortAbandonSeconds: 3, goal: 0.9 } as const;
  expect((await set(manager, changed)).serviceLevel).toMatchObject(changed);
  const asChanged = (clinic: MadeUp["clinics"][number]) =>
    clinic.id === id("c", 1)
      ? {
          ...clinic,
          service_level_seconds: 7,
          short_abandon_seconds: 3,
          service_level_variant: "abandonsWithinIgnored",
        }
      : clinic;
  const expected = expectedAnalytics(
    { ...seen((call) => call.clinic_id === id("c", 1)), clinics: world.clinics.map(asChanged) },
    { ...range, groupBy: "queue" },
  );
  expect(await analytics(manager, { groupBy: "queue" })).toEqual(expected);
  await expect(set(agent, { seconds: 20 })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(set(memberForTest({ clinic: 2, role: "clinic_admin" }), { seconds: 20 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(set(manager, { seconds: 0, goal: 80 })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    data: { fields: { seconds: expect.any(String), goal: expect.stringContaining("0.8 is 80 %") } },
  });
});
