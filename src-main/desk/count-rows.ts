import type { ShapeName } from "#shared/contract/sync.ts";
import type { RowCounts } from "#shared/contract/session.ts";
import type { HeldReplica } from "./hold-replica.ts";

/** A count of a million rows takes a while, and calls arrive all the time: this old a count is good enough to be told by. */
const goodFor = 10 * 60_000;

/** Counts the rows of the shapes that a replica consists of. @param exact as they are now, instead of some minutes ago */
export type RowCounter = (replica: HeldReplica, exact: boolean) => Promise<RowCounts>;

export function createRowCounter(shapes: () => ShapeName[]): RowCounter {
  const known = new Map<ShapeName, { of: HeldReplica; revision: number; rows: number; at: number }>();
  return async (replica, exact) => {
    const counts: RowCounts = {};
    for (const shape of shapes()) {
      const revision = replica.view()?.revision[shape] ?? -1;
      let held = known.get(shape);
      const old =
        held &&
        (held.of !== replica || (held.revision !== revision && (exact || performance.now() - held.at > goodFor)));
      if (!held || old) {
        const [row] = await replica.rows<{ rows: number }>(`select count(*)::int as rows from ${shape}`);
        held = { of: replica, revision, rows: row?.rows ?? 0, at: performance.now() };
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
