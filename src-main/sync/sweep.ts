import type { Transaction } from "@electric-sql/pglite";
import type { ShapeName } from "#shared/contract/sync.ts";

/**
 * Removes the rows that a shape fetched anew did not show again, in 64 parts by id, so that questions come in between.
 * Every part may run twice: a crash in the middle begins again at the first.
 */
export async function sweep(
  shape: ShapeName,
  commit: (work: (tx: Transaction) => Promise<number>) => Promise<void>,
): Promise<void> {
  const bound = (part: number) => `${(part * 4).toString(16).padStart(2, "0")}000000-0000-0000-0000-000000000000`;
  for (let part = 0; part < 64; part++)
    await commit(async (tx) => {
      const { affectedRows } = await tx.query(
        `delete from ${shape} t where id >= $1::uuid ${part < 63 ? "and id < $2::uuid" : "and $2::uuid is not null"}
         and not exists (select from sync_seen s where s.shape = $3 and s.id = t.id)`,
        [bound(part), bound(part < 63 ? part + 1 : part), shape],
      );
      return affectedRows ?? 0;
    });
}
