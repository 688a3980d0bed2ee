import { holds, type ShapeDefinition } from "./definition.ts";
import type { Relation, Tuple } from "./pgoutput.ts";

/**
 * A row's change as the stream gave it; unchanged long values are filled in from the old row. A `rewrite` is an update whose old
 * row was not told, because the identity is less than the row and did not change: neither, then, did any column of a filter.
 */
export type Change =
  | { kind: "insert"; row: Tuple }
  | { kind: "update"; old: Tuple; row: Tuple }
  | { kind: "rewrite"; row: Tuple }
  | { kind: "delete"; old: Tuple };

/** Where a shape's columns, its key and the columns of its filter stand in the stream's rows. */
export type Projection = { columns: { at: number; json: string }[]; keys: number[]; places: Map<string, number> };

export function projection(relation: Relation, definition: ShapeDefinition, keys: string[]): Projection {
  const places = new Map(relation.columns.map((c, at) => [c.name, at]));
  const place = (name: string): number => {
    const at = places.get(name);
    if (at === undefined) throw new Error(`the stream of ${relation.table} has no column ${name}`);
    return at;
  };
  return {
    columns: definition.columns.map((name) => ({ at: place(name), json: JSON.stringify(name) })),
    keys: keys.map(place),
    places,
  };
}

/** A message without its end: the headers stay open until it is known whether it is the transaction's last. */
export type Part = { op: number; json: string; deletes: boolean };

/**
 * What a change means to one shape: nothing, one message, or two when the primary key changed. A row that moves out of the
 * filter is deleted, one that moves in is inserted.
 */
export function encodeChange(
  change: Change,
  definition: ShapeDefinition,
  where: Projection,
  relation: Relation,
  headers: { lsn: string; op: number; xid: number },
): Part[] {
  const inside = (row: Tuple | null): Tuple | null =>
    row && holds(definition.filter, (column) => row[where.places.get(column) ?? -1]) ? row : null;
  const old = inside("old" in change ? change.old : null);
  const row = inside("row" in change ? change.row : null);
  const message = (operation: string, of: Tuple, value: string, op: number, extra = ""): Part => ({
    op,
    deletes: operation === "delete",
    json:
      `{"key":${JSON.stringify(keyOf(of, where, relation))},${value},"headers":{"operation":"${operation}",` +
      `"relation":${JSON.stringify([relation.schema, relation.table])},"lsn":"${headers.lsn}","op_position":${op},"txids":[${headers.xid}]${extra}`,
  });
  if (change.kind === "rewrite") return row ? [message("update", row, `"value":${whole(row, where)}`, headers.op)] : [];
  if (!old) return row ? [message("insert", row, `"value":${whole(row, where)}`, headers.op)] : [];
  const removed = `"value":${definition.replica === "full" ? whole(old, where) : keysOnly(old, where)}`;
  if (!row) return [message("delete", old, removed, headers.op)];
  const [from, to] = [keyOf(old, where, relation), keyOf(row, where, relation)];
  if (from !== to)
    return [
      message("delete", old, removed, headers.op, `,"key_change_to":${JSON.stringify(to)}`),
      message("insert", row, `"value":${whole(row, where)}`, headers.op + 1, `,"key_change_from":${JSON.stringify(from)}`),
    ]; // prettier-ignore
  // What was not told of the old row may have changed.
  const changed = where.columns.filter(({ at }) => old[at] !== row[at]);
  if (changed.length === 0) return [];
  const value =
    definition.replica === "full"
      ? `"value":${whole(row, where)},"old_value":${written(old, changed)}`
      : `"value":${written(
          row,
          where.columns.filter(({ at }) => where.keys.includes(at) || old[at] !== row[at]),
        )}`;
  return [message("update", row, value, headers.op)];
}

/** Closes a message: `last` marks the end of the transaction for this shape. */
export const closed = (part: Part, last: boolean): string => `${part.json}${last ? ',"last":true' : ""}}}`;

/** `"schema"."table"/"key"`, as the snapshot's SQL writes it. */
export const keyOf = (row: Tuple, where: Projection, relation: Relation): string =>
  `"${relation.schema}"."${relation.table}"${where.keys.map((at) => `/"${(row[at] ?? "").replaceAll("/", "//")}"`).join("")}`;

const whole = (row: Tuple, where: Projection): string => written(row, where.columns);

const keysOnly = (row: Tuple, where: Projection): string =>
  written(
    row,
    where.columns.filter(({ at }) => where.keys.includes(at)),
  );

function written(row: Tuple, columns: Projection["columns"]): string {
  let json = "";
  for (const { at, json: name } of columns) {
    const value = row[at];
    // Not told: neither is it passed on.
    if (value === undefined) continue;
    json += `${json === "" ? "{" : ","}${name}:${value === null ? "null" : JSON.stringify(value)}`;
  }
  return json === "" ? "{}" : `${json}}`;
}
