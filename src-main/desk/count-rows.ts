import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import type { RowCounts } from "#shared/contract/session.ts";
import type { HeldReplica } from "./hold-replica.ts";

/** Counts a replica's rows by shape. A shape whose revision hasn't moved since is not counted again: counting a million rows takes a while. */
export function createRowCounter(): (replica: HeldReplica) => Promise<RowCounts> {
  const known = new Map<ShapeName, { of: HeldReplica; revision: number; rows: number }>();
  return async (replica) => {
    const counts: RowCounts = {};
    for (const shape of shapeName.options) {
      const revision = replica.view()?.revision[shape] ?? -1;
      let held = known.get(shape);
      if (!held || held.of !== replica || held.revision !== revision) {
        const [row] = await replica.rows<{ rows: number }>(`select count(*)::int as rows from ${shape}`);
        held = { of: replica, revision, rows: row?.rows ?? 0 };
        known.set(shape, held);
      }
      counts[shape] = held.rows;
    }
    return counts;
  };
}

/** What was added from one count to the next. */
export const addedBetween = (before: RowCounts, after: RowCounts): RowCounts =>
  Object.fromEntries(
    Object.entries(after)
      .map(([shape, rows]) => [shape, rows - (before[shape] ?? 0)] as const)
      .filter(([, more]) => more > 0),
  );
