import { expect, test } from "vitest";
import { shapesOf } from "#shared/access/shapes-of.ts";
import { tableAccess } from "#shared/access/table-access.ts";
import { databaseForTest } from "../database/test-database.ts";
import { shapeManifest } from "./manifest.ts";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";

// That every shape holds the rows and columns of the table of access is held in src-server/policy/catalogue.pg.test.ts.

test("the manifest counts what a person's desk will hold, and names nothing else", async () => {
  const { owner, system } = await databaseForTest();
  const [north, south] = [await testClinic(owner, "north"), await testClinic(owner, "south")];
  await testCalls(owner, north, 1, 30);
  await testCalls(owner, south, 31, 35);
  const everybody = ["organizations", "clinics", "locations", "agents", "queues", "call_sources"];
  const supervisor = await shapeManifest(system, testMember(north));
  expect(supervisor.map((m) => [m.name, m.rows])).toEqual([...everybody.map((n) => [n, 1]), ["calls", 30]]);
  expect(supervisor.at(-1)?.columns).toEqual(tableAccess.calls.desk);
  const board = testMember(north, "board");
  const held = await shapeManifest(system, board);
  expect(held.map((m) => m.name)).toEqual(shapesOf(board.roles));
  expect(held.map((m) => m.name)).toEqual([
    ...everybody,
    "calls_by_hour",
    "calls_by_agent",
    "calls_by_type",
    "calls_by_queue",
  ]);
  expect(held.find((m) => m.name === "agents")?.columns).toEqual([
    "id",
    "clinic_id",
    "location_id",
    "first_name",
    "active",
  ]);
  expect((await shapeManifest(system, testMember(north, "provider"))).map((m) => m.name)).toEqual(everybody);
  expect(await shapeManifest(system, { ...testMember(north), roles: [] })).toEqual([]);
});
