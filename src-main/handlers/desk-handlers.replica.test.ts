import { call } from "@orpc/server";
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
