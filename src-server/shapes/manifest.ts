import { type Kysely, sql } from "kysely";
import type { Member } from "#shared/access/member.ts";
import { shapesOf } from "#shared/access/shapes-of.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { DB } from "#shared/schema/database.ts";
import { definitionFor } from "./gatekeeper.ts";
import { filterSql } from "./snapshot-sql.ts";
import { readTables } from "./table.ts";

export type ShapeManifest = { name: ShapeName; rows: number; columns: string[] }[];

/** Above this the planner's estimate is near enough, and counting would take longer than a progress bar is worth. */
const countUpTo = 20_000;

/** What a person's replica consists of, in the order in which it is fetched; `rows` is exact for small shapes, else an estimate. */
export async function shapeManifest(db: Kysely<DB>, who: Member): Promise<ShapeManifest> {
  const query = async <T>(text: string) => (await sql.raw<T>(text).execute(db)).rows;
  const names = shapesOf(who.roles);
  if (names.length === 0) return [];
  const tables = await readTables(query, "public", names);
  const manifest: ShapeManifest = [];
  for (const name of names) {
    const table = tables.get(name);
    if (!table) continue;
    const definition = definitionFor(name, who, "default");
    const rows = `from ${name} where ${filterSql(definition.filter, table)}`;
    const planned = await query<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>(
      `explain (format json) select 1 ${rows}`,
    );
    const estimate = planned[0]?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
    const counted =
      estimate > countUpTo ? null : await query<{ count: number }>(`select count(*)::int as count ${rows}`);
    manifest.push({ name, rows: counted?.[0]?.count ?? Math.round(estimate), columns: definition.columns });
  }
  return manifest;
}
