import type { PGlite } from "@electric-sql/pglite";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callAnalytics } from "#shared/clinic/call-analytics.ts";
import { wholeClinics } from "#shared/clinic/scope.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { expectedAnalytics } from "#shared/clinic/fixture/oracle.ts";
import { analyticsQuestion, groupBy } from "#shared/contract/reports.ts";
import type { DB } from "#shared/schema/database.ts";
import { testDatabase } from "../database/test-database.ts";
import { replicaForTest } from "./replica-for-test.ts";

// The same rows in PostgreSQL and in the desk's PGlite, every question asked of both, and counted once more by hand.
// The days hold the end of summer time in Berlin and New York, a change of month, and calls across midnight.
const world = madeUp(7, 2400);
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

const filters = {
  everything: {},
  "one clinic": { clinicId: id("c", 1) },
  "a location": { clinicId: id("c", 2), locationId: id("b", 11) },
  "no location": { locationId: "unassigned" },
  "a queue": { queueId: id("d", 1) },
  "a queue's name at every clinic": { queue: "Front desk" },
  "a queue's id as its name": { queue: id("d", 12) },
  "no queue": { clinicId: id("c", 3), queueId: "unassigned" },
  "no such queue": { queue: "Nobody's" },
  "an agent": { agentId: id("a", 2) },
  "no agent": { agentId: "unassigned" },
  "an agent in a queue at a location": {
    clinicId: id("c", 1),
    agentId: id("a", 1),
    queue: "Recall",
    locationId: id("b", 1),
  },
};
const ranges = {
  "all days": { startDate: "2026-10-19", endDate: "2026-11-08" },
  "a day of 25 hours": { startDate: "2026-10-25", endDate: "2026-10-25" },
  "days beyond the calls": { startDate: "2026-11-05", endDate: "2026-11-12" },
};

const cases = Object.entries(filters).flatMap(([name, filter]) =>
  Object.entries(ranges)
    // The odd days are asked for everything and for an agent: the grains that the others share.
    .filter(([range]) => range === "all days" || name === "everything" || name === "an agent")
    .flatMap(([range, days]) =>
      groupBy.options.map((by) => [`${name} by ${by} over ${range}`, { ...filter, ...days, groupBy: by }] as const),
    ),
);

test.each(cases)("%s", async (_, asked) => {
  const question = analyticsQuestion.parse(asked);
  const expected = expectedAnalytics(world, question);
  expect(await callAnalytics(server.system, question)).toEqual(expected);
  expect(await callAnalytics(desk.db, question)).toEqual(expected);
  // Who may see only some rows is answered from rows: the same figures.
  expect(await callAnalytics(desk.db, question, { ...wholeClinics, from: "rows" })).toEqual(expected);
});
