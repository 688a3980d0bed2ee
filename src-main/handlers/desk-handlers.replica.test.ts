import { call } from "@orpc/server";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { asked, expectedAnalytics, figures } from "#shared/clinic/fixture/oracle.ts";
import type { Person } from "#shared/contract/session.ts";
import type { Role } from "#shared/access/role.ts";
import { replicaKysely } from "../replica/kysely-dialect.ts";
import { replicaForTest } from "../replica/test-replica.ts";
import { deskHandlers } from "./desk-handlers.ts";

const personAs = (role: Role): Person => ({
  id: id("0", 9),
  email: "sam@clinic.example",
  displayName: "Sam",
  kind: "person",
  organization: { id: id("0", 1), slug: "org-1", name: "Organization 1" },
  roles: [{ clinicId: id("c", 1), role, agentId: null, locationIds: [] }],
});

test("the desk answers its verbs from the replica's thread as the contract says", async () => {
  const world = madeUp(17, 1200);
  const db = replicaKysely(await replicaForTest());
  await load(db, world, 300);
  let role: Role = "supervisor";
  const now = Temporal.Instant.from("2026-11-04T23:30:00Z");
  const desk = deskHandlers(
    () => ({ db, person: personAs(role) }),
    () => now,
  );
  const range = { startDate: "2026-10-19", endDate: "2026-11-08" };
  const question = { ...range, groupBy: "agent" as const };
  expect(await call(desk.reports.callAnalytics, question)).toEqual(expectedAnalytics(world, question));
  expect(await call(desk.reports.heatMap, range)).toHaveLength(7 * 24);
  // Half past midnight in Berlin: its Thursday has begun.
  const clinicId = id("c", 1);
  const day = "2026-11-05";
  const todays = world.calls.filter((held) => asked(world, { clinicId, startDate: day, endDate: day }, held));
  const overview = await call(desk.today.overview, { clinicId });
  expect(overview).toMatchObject({ day, minute: 30, values: figures(world, todays, true) });
  expect(await call(desk.today.queues, { clinicId })).not.toEqual([]);
  expect(await call(desk.today.agents, { clinicId })).not.toEqual([]);
  expect(await call(desk.today.longestWaits, { clinicId, limit: 3 })).not.toEqual([]);
  expect(await call(desk.clinics.list, undefined)).toHaveLength(3);
  expect((await call(desk.clinics.directory, { clinicId })).agents).toHaveLength(4);
  const { records, nextCursor } = await call(desk.calls.list, { limit: 5 });
  expect(records).toHaveLength(5);
  expect(nextCursor).not.toBeNull();
  expect(await call(desk.calls.one, { id: records[0]?.id ?? "" })).toEqual(records[0]);
  await expect(call(desk.calls.one, { id: id("f", 999_999) })).rejects.toMatchObject({ code: "NOT_FOUND" });
  role = "provider";
  await expect(call(desk.reports.callAnalytics, question)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a board's replica, rollups and first names alone, answers what a wall shows and no call", async () => {
  const world = madeUp(17, 1200);
  const clinicId = id("c", 1);
  const ofClinic = { ...world, calls: world.calls.filter((held) => held.clinic_id === clinicId) };
  const db = replicaKysely(await replicaForTest());
  await load(db, ofClinic, 300);
  // As the server sends it: the sums without what they were added up from.
  await sql`alter table calls disable trigger all`.execute(db);
  await sql`delete from calls`.execute(db);
  await sql`update agents set first_name = 'First ' || right(display_name, 1), display_name = null`.execute(db);
  const now = Temporal.Instant.from("2026-11-04T12:30:00Z");
  const desk = deskHandlers(
    () => ({ db, person: personAs("board") }),
    () => now,
  );
  const range = { startDate: "2026-10-19", endDate: "2026-11-08", clinicId };
  const figures = <T extends object>(of: T) => ({ ...of, waitP50: null, waitP90: null });
  for (const groupBy of ["none", "hour", "day", "queue", "location", "callType"] as const) {
    const told = await call(desk.reports.callAnalytics, { ...range, groupBy });
    const expected = expectedAnalytics(ofClinic, { ...range, groupBy });
    expect(figures(told.totals)).toEqual(figures(expected.totals));
    expect(told.groups.map(figures)).toEqual(expected.groups.map(figures));
    expect(told.totals.waitP50).not.toBeNull();
  }
  const { groups } = await call(desk.reports.callAnalytics, { ...range, groupBy: "agent" });
  expect(new Set(groups.map((group) => group.label))).toEqual(
    new Set(["First A", "First B", "First C", "First D", "Unassigned"]),
  );
  expect((await call(desk.today.overview, { clinicId })).values.offered).toBeGreaterThan(0);
  expect((await call(desk.today.queues, { clinicId })).length).toBeGreaterThan(0);
  expect((await call(desk.today.agents, { clinicId })).length).toBeGreaterThan(0);
  for (const refused of [
    call(desk.today.longestWaits, { clinicId }),
    call(desk.calls.list, { clinicId }),
    call(desk.calls.one, { id: id("f", 1) }),
  ])
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
});
