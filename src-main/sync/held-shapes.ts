import type { PGlite, Transaction } from "@electric-sql/pglite";
import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import { beginning, type Position } from "#shared/sync/position.ts";

/** What the replica remembers of a shape. */
export type Held = {
  position: Position;
  revision: number;
  rowsFetched: number;
  rowsExpected: number;
  /** ISO text in UTC. */
  upToDateAt: string | null;
  /** Part of what this person's replica consists of. */
  followed: boolean;
  /** Rows that left because the person may hold them no longer, since this replica was made. */
  removed: number;
  /** Rows that left or lost values, and whose bytes may still be in the files. */
  unwiped: number;
};

/** A shape that was never fetched. */
export const nothingHeld: Held = {
  position: beginning,
  revision: 0,
  rowsFetched: 0,
  rowsExpected: 0,
  upToDateAt: null,
  followed: false,
  removed: 0,
  unwiped: 0,
};

/** Whether there may be rows of it. */
export const isHeld = ({ position: p, upToDateAt }: Held): boolean =>
  upToDateAt !== null || p.refetching || p.offset !== beginning.offset || p.within > 0;

type Row = {
  name: string; handle: string | null; after_offset: string; within: number; refetching: boolean; revision: number;
  rows_fetched: number; rows_expected: number; up_to_date_at: string | null; followed: boolean; purging: boolean; removed: number; unwiped: number;
}; // prettier-ignore

/** What is remembered of every shape, also of those never fetched. */
export async function readHeld(pg: PGlite): Promise<Map<ShapeName, Held>> {
  const { rows } = await pg.query<Row>("select * from sync_shapes");
  const of = (name: ShapeName): Held => {
    const row = rows.find((r) => r.name === name);
    if (!row) return nothingHeld;
    return {
      position: {
        handle: row.handle,
        offset: row.after_offset,
        within: row.within,
        refetching: row.refetching,
        purging: row.purging,
      },
      revision: row.revision,
      rowsFetched: row.rows_fetched,
      rowsExpected: row.rows_expected,
      upToDateAt: row.up_to_date_at,
      followed: row.followed,
      removed: row.removed,
      unwiped: row.unwiped,
    };
  };
  return new Map(shapeName.options.map((name) => [name, of(name)]));
}

export async function writeHeld(tx: Pick<Transaction, "query">, name: ShapeName, held: Held): Promise<void> {
  const { position: p } = held;
  const values = {
    name,
    handle: p.handle,
    after_offset: p.offset,
    within: p.within,
    refetching: p.refetching,
    purging: p.purging,
    revision: held.revision,
    rows_fetched: held.rowsFetched,
    rows_expected: held.rowsExpected,
    up_to_date_at: held.upToDateAt,
    followed: held.followed,
    removed: held.removed,
    unwiped: held.unwiped,
  };
  const columns = Object.keys(values);
  await tx.query(
    `insert into sync_shapes (${columns.join(", ")}) values (${columns.map((_, n) => `$${n + 1}`).join(", ")})
     on conflict (name) do update set (${columns.join(", ")}) = row(${columns.map((c) => `excluded.${c}`).join(", ")})`,
    Object.values(values),
  );
}
