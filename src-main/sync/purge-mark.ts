import type { PGlite } from "@electric-sql/pglite";
import type { ShapeName } from "#shared/contract/sync.ts";

/** How many purges of this replica were carried through to its files. */
export async function readMark(pg: Pick<PGlite, "query">): Promise<number> {
  const { rows } = await pg.query<{ mark: number }>("select mark from sync_purges");
  return rows[0]?.mark ?? 0;
}

/** Writes down that so many rows of each shape are in no file any more. Gives the new mark. */
export const writeWiped = (pg: Pick<PGlite, "transaction">, wiped: ReadonlyMap<ShapeName, number>): Promise<number> =>
  pg.transaction(async (tx) => {
    for (const [shape, rows] of wiped)
      await tx.query("update sync_shapes set unwiped = unwiped - $2 where name = $1", [shape, rows]);
    await tx.query("update sync_purges set mark = mark + 1");
    return readMark(tx);
  });
