import { columnsOf } from "./definition.ts";
import type { Relation } from "./pgoutput.ts";
import type { Shape } from "./shape.ts";
import type { Table, TableColumn } from "./table.ts";

const same = (relation: Relation, { name, oid, modifier }: TableColumn): boolean =>
  relation.columns.some((c) => c.name === name && c.type === oid && c.modifier === modifier);

/** Whether the columns that a shape holds or filters by are still what they were when its snapshot was made. */
export function fits(shape: Shape, relation: Relation): boolean {
  const filtered = (shape.definition.filter ?? []).flatMap((group) => group.map((c) => c.column));
  return [
    ...columnsOf(shape.definition, shape.table),
    ...shape.table.columns.filter((c) => filtered.includes(c.name)),
  ].every((column) => same(relation, column));
}

/** Whether the catalog was read before the table was altered. */
export function sameColumns(table: Table, relation: Relation): boolean {
  // Of generated columns the stream says nothing.
  const told = table.columns.filter((c) => !c.generated);
  return told.length === relation.columns.length && told.every((column) => same(relation, column));
}
