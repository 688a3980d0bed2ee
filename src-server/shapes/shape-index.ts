import type { Relation, Tuple } from "./pgoutput.ts";
import type { Shape } from "./shape.ts";

type TableShapes = { whole: Set<Shape>; by: Map<string, Map<string, Set<Shape>>> };

/**
 * Finds the shapes a row may belong to without asking each: by the first condition of every group of their filters. With
 * hundreds of shapes of a table a change is held against those of its clinic alone.
 */
export class ShapeIndex {
  readonly #tables = new Map<string, TableShapes>();

  add(shape: Shape): void {
    const table = this.#table(shape.definition.schema, shape.definition.table);
    if (shape.definition.filter === null) table.whole.add(shape);
    for (const [first] of shape.definition.filter ?? []) {
      // A group without a condition holds for every row.
      if (!first) table.whole.add(shape);
      else {
        const values = table.by.get(first.column) ?? new Map<string, Set<Shape>>();
        table.by.set(first.column, values);
        for (const value of first.values) values.set(value, (values.get(value) ?? new Set()).add(shape));
      }
    }
  }

  remove(shape: Shape): void {
    const table = this.#table(shape.definition.schema, shape.definition.table);
    table.whole.delete(shape);
    for (const values of table.by.values())
      for (const [value, shapes] of values) if (shapes.delete(shape) && shapes.size === 0) values.delete(value);
  }

  /** Whether there is any shape of the table. */
  follows({ schema, table: name }: Relation): boolean {
    const table = this.#table(schema, name);
    return table.whole.size > 0 || [...table.by.values()].some((values) => values.size > 0);
  }

  candidates(relation: Relation, rows: Tuple[]): Set<Shape> {
    const table = this.#table(relation.schema, relation.table);
    const found = new Set(table.whole);
    for (const [column, values] of table.by) {
      const at = relation.columns.findIndex((c) => c.name === column);
      for (const row of rows) for (const shape of values.get(row[at] ?? "") ?? []) found.add(shape);
    }
    return found;
  }

  #table(schema: string, name: string): TableShapes {
    const key = `${schema}.${name}`;
    const held = this.#tables.get(key) ?? { whole: new Set(), by: new Map() };
    this.#tables.set(key, held);
    return held;
  }
}
