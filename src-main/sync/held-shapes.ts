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
};

type Row = {
  name: string; handle: string | null; after_offset: string; within: number; refetching: boolean; revision: number;
  rows_fetched: number; rows_expected: number; up_to_date_at: string | null;
}; // prettier-ignore

/** What is remembered of every shape, also of those never fetched. */
export async function readHeld(pg: PGlite): Promise<Map<ShapeName, Held>> {
  const { rows } = await pg.query<Row>("select * from sync_shapes");
  const of = (name: ShapeName): Held => {
    const row = rows.find((r) => r.name === name);
    if (!row) return { position: beginning, revision: 0, rowsFetched: 0, rowsExpected: 0, upToDateAt: null };
    return {
      position: { handle: row.handle, offset: row.after_offset, within: row.within, refetching: row.refetching },
      revision: row.revision,
      rowsFetched: row.rows_fetched,
      rowsExpected: row.rows_expected,
      upToDateAt: row.up_to_date_at,
    };
  };
  return new Map(shapeName.options.map((name) => [name, of(name)]));
}

export async function writeHeld(tx: Pick<Transaction, "query">, name: ShapeName, held: Held): Promise<void> {
  const { position: p } = held;
  await tx.query(
    `insert into sync_shapes (name, handle, after_offset, within, refetching, revision, rows_fetched, rows_expected, up_to_date_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (name) do update set (handle, after_offset, within, refetching, revision, rows_fetched, rows_expected, up_to_date_at)
       = row(excluded.handle, excluded.after_offset, excluded.within, excluded.refetching, excluded.revision,
             excluded.rows_fetched, excluded.rows_expected, excluded.up_to_date_at)`,
    [
      name,
      p.handle,
      p.offset,
      p.within,
      p.refetching,
      held.revision,
      held.rowsFetched,
      held.rowsExpected,
      held.upToDateAt,
    ],
  );
}
