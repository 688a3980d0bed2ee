import { escapeLiteral } from "pg";

/** A column as PostgreSQL's catalog has it. `type` is the base type's name (of an array: its element's). */
export type TableColumn = {
  name: string;
  type: string;
  /** As SQL writes it, with its modifiers: for casts. */
  sqlType: string;
  dims: number;
  notNull: boolean;
  /** Place in the primary key, from 0; null when it isn't part of it. A rollup has none: there it is the id of its identity. */
  key: number | null;
  /** The stream tells this column's old value when a row is changed or deleted. */
  told: boolean;
  /** Computed by PostgreSQL: in no stream and in no shape. */
  generated: boolean;
  /** As the stream announces it. */
  oid: number;
  modifier: number;
};
/** `identity`: `f` for all columns of an old row, `i` for those of an index, as pg_class has it. */
export type Table = { schema: string; name: string; identity: string; columns: TableColumn[] };

/** Columns of the primary key, in its order. */
export const keyColumns = (table: Table): TableColumn[] =>
  table.columns.filter((c) => c.key !== null).sort((a, b) => (a.key ?? 0) - (b.key ?? 0));

/** A way to run a statement without parameters: a pool's, or Kysely's. */
export type Query = <T>(text: string) => Promise<T[]>;

/** Reads the tables of `schema` by name; a name that doesn't exist is missing in the answer. */
export async function readTables(query: Query, schema: string, names: string[]): Promise<Map<string, Table>> {
  const rows = await query<TableColumn & { table: string; identity: string }>(
    `select c.relname::text as table, c.relreplident::text as identity, a.attname::text as name,
       coalesce(base.typname, t.typname)::text as type, format_type(a.atttypid, a.atttypmod) as "sqlType",
       case when t.typcategory = 'A' then greatest(a.attndims, 1) else 0 end as dims,
       a.attnotnull as "notNull", a.attgenerated <> '' as generated,
       case when i.indrelid is not null then array_position(i.indkey::int2[], a.attnum) when a.attname = 'id' and a.attnum = any (r.indkey) then 0 end as key,
       c.relreplident = 'f' or coalesce(a.attnum = any (r.indkey), false) as told,
       a.atttypid::int as oid, a.atttypmod as modifier
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     left join pg_type base on base.oid = case when t.typcategory = 'A' then t.typelem when t.typtype = 'd' then t.typbasetype end
     left join pg_index i on i.indrelid = c.oid and i.indisprimary
     left join pg_index r on r.indrelid = c.oid and r.indisreplident
     where n.nspname = ${escapeLiteral(schema)} and c.relname in (${names.map((n) => escapeLiteral(n)).join(", ")}) and c.relkind in ('r', 'p')
     order by c.relname, a.attnum`,
  );
  const tables = new Map<string, Table>();
  for (const { table, identity, ...column } of rows) {
    const held = tables.get(table) ?? { schema, name: table, identity, columns: [] };
    held.columns.push(column);
    tables.set(table, held);
  }
  return tables;
}
