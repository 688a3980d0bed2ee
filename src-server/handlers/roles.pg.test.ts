import { call } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, type MadeUp, type MadeUpCall, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { expectedAnalytics } from "#shared/clinic/fixture/oracle.ts";
import { type AnalyticsQuestion, groupBy } from "#shared/contract/reports.ts";
import { must } from "#shared/kit/must.ts";
import { localMoment } from "#shared/kit/zone.ts";
import { Temporal } from "temporal-polyfill";
import { testDatabase } from "../database/test-database.ts";
import { callsHandlers } from "./calls.ts";
import { clinicsHandlers } from "./clinics.ts";
import { contextForTest } from "./context-for-test.ts";
import { memberForTest } from "./member-for-test.ts";
import { reportsHandlers } from "./reports.ts";
import { todayHandlers } from "./today.ts";

// What a supervisor, a viewer and a board are answered: fewer rows, no callers, no calls.

const clinicId = id("c", 1);
const location = id("b", 1);
const today = localMoment(Temporal.Now.instant(), "Europe/Berlin").day;
const firstDay = Temporal.PlainDate.from(today).subtract({ days: 20 }).toString();
const names = ["Dr. Ada Byron", "Bo Lindt", "Cy Young", "Di Prince"];
const made = madeUp(23, 1500, firstDay, 21);
const world: MadeUp = {
  ...made,
  agents: made.agents.map((agent, n) => ({ ...agent, display_name: names[n % 4] ?? "" })),
};
const range = { startDate: firstDay, endDate: today };
const supervisor = memberForTest({ clinic: 1, role: "supervisor", locations: [location] });
const viewer = memberForTest({ clinic: 1, role: "viewer" });
const board = memberForTest({ clinic: 1, role: "board" });
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  await load(database.system, world);
});
afterAll(() => database.drop());

const as = (who: Member) => ({ context: contextForTest(database, who) });
const seen = (calls: (held: MadeUpCall) => boolean, agents = world.agents): MadeUp => ({ ...world, agents, calls: world.calls.filter(calls) }); // prettier-ignore
const ofClinic = (held: MadeUpCall) => held.clinic_id === clinicId;
const analytics = (who: Member, question: Partial<AnalyticsQuestion>) =>
  call(reportsHandlers.callAnalytics, { ...range, ...question }, as(who));

test.each(groupBy.options)("a supervisor's figures by %s are those of their locations", async (by) => {
  const question = { ...range, groupBy: by };
  const atLocation = (held: MadeUpCall) => held.location_id === location;
  expect(await analytics(supervisor, question)).toEqual(expectedAnalytics(seen(atLocation), question));
  // Who also answers calls sees their own ones beside them, wherever they were.
  const answering = memberForTest({ clinic: 1, role: "supervisor", locations: [location], agent: id("a", 1) });
  const orOwn = (held: MadeUpCall) => atLocation(held) || held.agent_id === id("a", 1);
  expect(await analytics(answering, question)).toEqual(expectedAnalytics(seen(orOwn), question));
});

test("calls without a location are for who sees the clinic whole", async () => {
  const asked = { locationId: "unassigned", limit: 500 } as const;
  expect((await call(callsHandlers.list, asked, as(supervisor))).records).toEqual([]);
  expect((await call(callsHandlers.list, asked, as(viewer))).records).toHaveLength(
    world.calls.filter((held) => ofClinic(held) && held.location_id === null).length,
  );
});

test("a viewer sees every call and not who called, nor by searching for it", async () => {
  const { records } = await call(callsHandlers.list, { clinicId, limit: 500 }, as(viewer));
  expect(records).toHaveLength(Math.min(500, world.calls.filter(ofClinic).length));
  for (const held of records) expect(held).toMatchObject({ callerNumber: null, callerName: null, calledNumber: null });
  expect(records.some((held) => held.agentName === "Dr. Ada Byron")).toBe(true);
  const one = await call(callsHandlers.one, { id: must(records[0], "a call").id }, as(viewer));
  expect(one).toEqual(records[0]);
  for (const search of ["Dana", "202555", "5550123"]) {
    expect((await call(callsHandlers.list, { clinicId, search, limit: 1 }, as(viewer))).records).toEqual([]);
    expect(
      (await call(callsHandlers.list, { search, limit: 1 }, as(memberForTest({ clinic: 1, role: "manager" })))).records,
    ).toHaveLength(1);
  }
  const waits = await call(todayHandlers.longestWaits, { clinicId }, as(viewer));
  expect(waits.length).toBeGreaterThan(0);
  expect(waits.every((wait) => wait.callerNumber === null)).toBe(true);
  // Least privilege for who is less in another clinic.
  const both = memberForTest({ clinic: 1, role: "manager" }, { clinic: 2, role: "viewer" });
  expect((await call(callsHandlers.list, { clinicId, limit: 1 }, as(both))).records[0]?.callerNumber).toBeNull();
});

test.each(groupBy.options)("a board adds up its clinic by %s, without reading a call", async (by) => {
  const question = { ...range, groupBy: by };
  const firstNames = world.agents.map((agent) => ({
    ...agent,
    display_name: agent.display_name.replace("Dr. ", "").split(" ")[0] ?? "",
  }));
  const expected = expectedAnalytics(seen(ofClinic, firstNames), question);
  const told = await analytics(board, question);
  // Percentiles come from buckets, and single hours have none: the other figures are the same.
  const exact = <T extends object>(figures: T) => ({ ...figures, waitP50: null, waitP90: null });
  expect(exact(told.totals)).toEqual(exact(expected.totals));
  expect(told.groups.map(exact)).toEqual(expected.groups.map(exact));
  const near = (a: number | null, b: number | null) => Math.abs((a ?? 0) - (b ?? 0)) <= 0.1 * (b ?? 0) + 1;
  expect(near(told.totals.waitP50, expected.totals.waitP50)).toBe(true);
  expect(near(told.totals.waitP90, expected.totals.waitP90)).toBe(true);
});

test("a board shows today, its queues and agents by first name, and no single call", async () => {
  const todays = world.calls.filter((held) => ofClinic(held) && held.local_day === today);
  const overview = await call(todayHandlers.overview, { clinicId }, as(board));
  expect(overview.values.offered).toBe(todays.filter((held) => held.call_direction === "inbound").length);
  const queues = await call(todayHandlers.queues, { clinicId }, as(board));
  expect(queues.length).toBeGreaterThan(0);
  expect(queues.every((queue) => queue.longestWait === null)).toBe(true);
  const agents = await call(todayHandlers.agents, { clinicId }, as(board));
  expect(agents.every((agent) => agent.lastCallAt === null && !/ /.test(agent.label))).toBe(true);
  expect(
    (await call(reportsHandlers.heatMap, { ...range, clinicId }, as(board))).reduce((n, cell) => n + cell.offered, 0),
  ).toBe(world.calls.filter((held) => ofClinic(held) && held.call_direction === "inbound").length);
  const directory = await call(clinicsHandlers.directory, { clinicId }, as(board));
  expect(directory.agents.map((agent) => agent.name)).toEqual(["Ada", "Bo", "Cy", "Di"]);
  const refused = { code: "FORBIDDEN" };
  await expect(call(todayHandlers.longestWaits, { clinicId }, as(board))).rejects.toMatchObject(refused);
  await expect(call(callsHandlers.list, { clinicId }, as(board))).rejects.toMatchObject(refused);
  await expect(analytics(board, { groupBy: "agent", queueId: id("d", 1) })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: /single calls/,
  });
});

test("who is a board in one clinic and answers calls in another is asked to name one", async () => {
  const both = memberForTest(
    { clinic: 1, role: "board" },
    { clinic: 2, role: "call_center_agent", agent: id("a", 11) },
  );
  await expect(analytics(both, {})).rejects.toMatchObject({
    code: "BAD_REQUEST",
    data: { fields: { clinicId: expect.any(String) as string } },
  });
  const own = await analytics(both, { clinicId: id("c", 2) });
  expect(own.totals.answered).toBe(
    world.calls.filter((held) => held.agent_id === id("a", 11) && held.call_direction === "inbound").length,
  );
});
