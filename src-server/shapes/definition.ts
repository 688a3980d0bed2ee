import { createHash } from "node:crypto";
import { assert } from "#shared/kit/assert.ts";
import { must } from "#shared/kit/must.ts";
import type { Table, TableColumn } from "./table.ts";

/** The column holds one of the values (as PostgreSQL prints them). */
export type Condition = { column: string; values: string[] };

/**
 * What a shape consists of. The gatekeeper builds it from the session; nothing of it is ever taken from a client.
 * `filter`: a row belongs to the shape when every condition of any one group holds; no group: no row; null: every row.
 */
export type ShapeDefinition = {
  schema: string;
  table: string;
  columns: string[];
  filter: Condition[][] | null;
  /** The order of the snapshot, so that what is wanted first comes first. */
  order: { column: string; descending: boolean }[];
  /** `default`: an update carries the key and what changed; `full`: the whole row and the old values of what changed. */
  replica: "default" | "full";
  /** `changes_only`: no snapshot. */
  log: "full" | "changes_only";
};

/** One spelling for equal definitions: values sorted and once each, groups that no row can meet left out. */
export function normalised(definition: ShapeDefinition): ShapeDefinition {
  const groups = definition.filter?.map((group) =>
    group.map(({ column, values }) => ({ column, values: [...new Set(values)].sort() })),
  );
  return { ...definition, filter: groups?.filter((g) => g.every((c) => c.values.length > 0)) ?? null };
}

/**
 * A definition as the table can serve it: without generated columns, which the stream does not tell (a desk computes them
 * itself). What a filter looks at must be part of the replica identity: else a row that moves out could not be told.
 */
export function servable(definition: ShapeDefinition, table: Table): ShapeDefinition {
  const named = (name: string) => table.columns.find((c) => c.name === name);
  for (const { column } of (definition.filter ?? []).flat())
    assert(named(column)?.told === true, `${table.name} can't be filtered by ${column}: its old value is not told`);
  return { ...definition, columns: definition.columns.filter((c) => named(c)?.generated !== true) };
}

/** The hash that equal definitions over an equal table share. A changed column type makes another shape. */
export function identity(definition: ShapeDefinition, table: Table): string {
  const columns = columnsOf(definition, table);
  return createHash("sha256")
    .update(JSON.stringify([normalised(definition), columns.map((c) => [c.name, c.sqlType, c.dims, c.notNull, c.key])]))
    .digest("hex")
    .slice(0, 20);
}

/** The definition's columns as the table has them, in the definition's order. */
export const columnsOf = (definition: ShapeDefinition, table: Table): TableColumn[] =>
  definition.columns.map((name) =>
    must(
      table.columns.find((c) => c.name === name),
      `column ${name} of ${table.name}`,
    ),
  );

/** What the client's parser goes by: the `electric-schema` header. */
export function schemaHeader(definition: ShapeDefinition, table: Table): string {
  const described = columnsOf(definition, table).map((c) => [
    c.name,
    {
      type: c.type,
      ...(c.dims > 0 ? { dims: c.dims } : {}),
      ...(c.notNull ? { not_null: true } : {}),
      ...(c.key === null ? {} : { pk_index: c.key }),
    },
  ]);
  // Header values are bytes: other letters in a column's name are escaped.
  return JSON.stringify(Object.fromEntries(described)).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Whether a row (its value by column name) belongs to the shape. */
export const holds = (
  filter: ShapeDefinition["filter"],
  value: (column: string) => string | null | undefined,
): boolean =>
  filter === null ||
  filter.some((group) =>
    group.every(({ column, values }) => {
      const held = value(column);
      return held !== null && held !== undefined && values.includes(held);
    }),
  );
