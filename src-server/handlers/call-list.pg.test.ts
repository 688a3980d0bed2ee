import type { PGlite } from "@electric-sql/pglite";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callList } from "#shared/clinic/call-list.ts";
import { wholeClinics } from "#shared/clinic/scope.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { asked } from "#shared/clinic/fixture/oracle.ts";
import { callListQuestion } from "#shared/contract/calls.ts";
import type { DB } from "#shared/schema/database.ts";
import { testDatabase } from "../database/test-database.ts";
import { replicaForTest } from "./replica-for-test.ts";

const world = madeUp(9, 400);
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

const newestFirst = (calls: typeof world.calls) =>
  [...calls]
    .sort((a, b) => (a.call_start_time === b.call_start_time ? (a.id < b.id ? 1 : -1) : a.call_start_time < b.call_start_time ? 1 : -1))
    .map((call) => call.id); // prettier-ignore

/** All pages of a question, asked of both engines. */
async function pages(question: Record<string, unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ;) {
    const input = callListQuestion.parse({ ...question, ...(cursor === null ? {} : { cursor }) });
    const page = await callList(server.system, input, wholeClinics);
    expect(await callList(desk.db, input, wholeClinics)).toEqual(page);
    ids.push(...page.records.map((record) => record.id));
    cursor = page.nextCursor;
    if (cursor === null) return ids;
    expect(page.records).toHaveLength(input.limit);
  }
}

const anyDay = { startDate: "0001-01-01", endDate: "9999-12-31" };
test.each<[string, Record<string, string | number>, (call: (typeof world.calls)[number]) => boolean]>([
  ["every call", {}, () => true],
  [
    "days of one clinic",
    { clinicId: id("c", 1), startDate: "2026-10-25", endDate: "2026-10-26" },
    (call) => asked(world, { clinicId: id("c", 1), startDate: "2026-10-25", endDate: "2026-10-26" }, call),
  ],
  ["days of a year that no database has", { startDate: "0000-01-01", endDate: "9999-12-31" }, () => true],
  ["no queue", { queueId: "unassigned" }, (call) => asked(world, { ...anyDay, queueId: "unassigned" }, call)],
  ["an agent", { agentId: id("a", 3) }, (call) => call.agent_id === id("a", 3)],
  ["abandoned", { direction: "inbound", status: "abandoned" }, (call) => call.call_status === "abandoned"],
  ["long waits", { minWaitSeconds: 30 }, (call) => (call.wait_seconds ?? 0) >= 30],
  ["a type", { callType: "recall" }, (call) => call.call_type === "recall"],
  ["no type", { callType: "unassigned" }, (call) => call.call_type === null],
  ["a name, in any case", { search: "dana o'n" }, (call) => call.caller_name === "Dana O'Neil"],
  ["a per cent sign is no wildcard", { search: "100%" }, (call) => call.caller_name === "100%_sure"],
  ["an underscore is no wildcard", { search: "%_s" }, (call) => call.caller_name === "100%_sure"],
  ["a backslash is itself", { search: "k\\s" }, (call) => call.caller_name === "back\\slash"],
  ["a number as people write it", { search: "(202) 555-0142" }, (call) => call.caller_number === "2025550142"],
])("%s, page by page, newest first", async (_, question, wanted) => {
  const expected = newestFirst(world.calls.filter(wanted));
  expect(expected.length).toBeGreaterThan(0);
  expect(await pages({ ...question, limit: 37 })).toEqual(expected);
});

test("calls that arrive between two pages shift nothing", async () => {
  const first = await callList(server.system, callListQuestion.parse({ limit: 10 }), wholeClinics);
  const newest = world.calls.find((call) => call.id === first.records[0]?.id);
  if (!newest) throw new Error("no newest call");
  const later = { call_start_time: "2026-11-20T10:00:00Z", call_end_time: "2026-11-20T10:01:00Z" };
  await server.system
    .insertInto("calls")
    .values({ ...newest, ...later, id: id("f", 9999), call_id: "later", local_day: "2026-11-20" })
    .execute();
  const second = await callList(
    server.system,
    callListQuestion.parse({ limit: 10, cursor: first.nextCursor }),
    wholeClinics,
  );
  expect([...first.records, ...second.records].map((record) => record.id)).toEqual(
    newestFirst(world.calls).slice(0, 20),
  );
});

test("a made-up cursor is refused by its name", async () => {
  for (const cursor of ["", "x", "2026-99-99T00:00:00.000Z_ffffffff-0000-4000-8000-000000000001", "' or true --"])
    await expect(callList(server.system, callListQuestion.parse({ cursor }), wholeClinics)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      data: { fields: { cursor: expect.stringContaining("leave it out") } },
    });
});
