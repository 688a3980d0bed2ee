import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { role } from "#shared/access/role.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { asMember } from "../database/as-member.ts";
import { databaseForTest } from "../database/test-database.ts";
import { definitionFor, shapeColumns } from "./gatekeeper.ts";
import { shapeManifest } from "./manifest.ts";
import { filterSql } from "./snapshot-sql.ts";
import { readTables } from "./table.ts";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";

test("in every role a desk holds exactly the rows that row-level security shows", async () => {
  const { pool, db } = await databaseForTest();
  const [north, south, other] = [await testClinic(pool, "north"), await testClinic(pool, "south"), await testClinic(pool, "other")]; // prettier-ignore
  await pool.query("update clinics set organization_id = $1 where id = $2", [north.organization, south.clinic]);
  for (const [n, clinic] of [north, south, other].entries()) {
    await testCalls(pool, clinic, n * 10, n * 10 + 9);
    await pool.query("update calls set agent_id = $1 where clinic_id = $2 and call_id like '%3'", [clinic.agent, clinic.clinic]); // prettier-ignore
  }
  const tables = await readTables(async (text) => (await pool.query(text)).rows, "public", shapeName.options);
  const people: Member[] = [
    ...role.options.map((r) => testMember(north, r, north.agent)),
    ...role.options.map((r) => ({
      ...testMember(north),
      roles: [...testMember(north, r, north.agent).roles, ...testMember(south, "call_center_agent", south.agent).roles],
    })),
    { ...testMember(north), roles: [] },
  ];
  for (const who of people)
    for (const name of shapeName.options) {
      const table = tables.get(name);
      if (!table) throw new Error(`${name} is missing`);
      const filter = filterSql(definitionFor(name, who, "default").filter, table);
      const held = await pool.query<{ id: string }>(`select id from ${name} where ${filter} order by id`);
      const shown = await asMember(db, who, async (tx) => (await sql<{ id: string }>`select id from ${sql.table(name)} order by id`.execute(tx)).rows); // prettier-ignore
      expect({ name, roles: who.roles, rows: held.rows }).toEqual({ name, roles: who.roles, rows: shown });
    }
});

test("the manifest counts what a person's desk will hold", async () => {
  const { pool, db } = await databaseForTest();
  const [north, south] = [await testClinic(pool, "north"), await testClinic(pool, "south")];
  await testCalls(pool, north, 1, 30);
  await testCalls(pool, south, 31, 35);
  const manifest = await shapeManifest(db, testMember(north));
  expect(manifest.map((m) => [m.name, m.rows])).toEqual(shapeName.options.map((n) => [n, n === "calls" ? 30 : 1]));
  expect(manifest.map((m) => m.columns)).toEqual(shapeName.options.map((n) => shapeColumns[n]));
});

test("what no screen draws is in no shape", () => {
  for (const column of ["patient_mrn", "recording_url", "compliance_notes", "provider_requested", "appointment_date"])
    expect(shapeColumns.calls).not.toContain(column);
});
