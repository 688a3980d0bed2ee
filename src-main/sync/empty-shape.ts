import type { Transaction } from "@electric-sql/pglite";
import type { ShapeName } from "#shared/contract/sync.ts";
import { isRollup } from "./is-rollup.ts";

/** Removes all rows of a shape that is not followed any more, and gives their number. */
export async function emptyShape(tx: Transaction, shape: ShapeName): Promise<number> {
  // Those without an id are sums of calls that are held: they go when the calls do.
  if (isRollup(shape)) return (await tx.query(`delete from ${shape} where id is not null`)).affectedRows ?? 0;
  const { rows } = await tx.query<{ count: number }>(`select count(*)::int as count from ${shape}`);
  // Takes the rollups of calls with it, by their trigger.
  await tx.exec(`truncate ${shape}`);
  return rows[0]?.count ?? 0;
}
