import type { Pool } from "pg";
import { readTables, type Table } from "./table.ts";

/**
 * The published tables, after making sure that they can be synchronised.
 * @throws an Error that names every table and what to change
 */
export async function publishedTables(pool: Pool, publication: string, wanted: string[]): Promise<Map<string, Table>> {
  const { rows } = await pool.query<{ name: string; schema: string; columns: boolean; rows: boolean }>(
    `select tablename::text as name, schemaname::text as schema, rowfilter is not null as rows,
       (select prattrs is not null from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
         where p.pubname = $1 and r.prrelid = format('%I.%I', schemaname, tablename)::regclass) as columns
     from pg_publication_tables where pubname = $1`,
    [publication],
  );
  const published = rows.map((r) => (r.schema === "public" ? r.name : `${r.schema}.${r.name}`));
  const tables = await readTables(async (text) => (await pool.query(text)).rows, "public", wanted);
  const wrong = [
    ...wanted.filter((t) => !published.includes(t)).map((t) => `${t} is not in the publication`),
    ...published.filter((t) => !wanted.includes(t)).map((t) => `${t} is published, but no desk may hold it`),
    ...rows.filter((r) => r.columns || r.rows).map((r) => `${r.name} is published in part only`),
    ...[...tables.values()].flatMap(({ name, identity, columns }) => [
      ...(columns.some((c) => c.key !== null) ? [] : [`${name} has no primary key`]),
      ...(identity === "f" || (identity === "i" && columns.some((c) => c.key !== null && c.told))
        ? []
        : [`${name} needs REPLICA IDENTITY FULL, or that of an index with its key`]),
      // With identity full it would stop every update of the table.
      ...columns
        .filter((c) => c.generated && c.told)
        .map((c) => `${name}.${c.name} is a generated column: make it a plain one`),
    ]),
  ];
  if (wrong.length > 0) throw new Error(`Desks can't be kept in sync: ${wrong.join("; ")}.`);
  return tables;
}
