import type { ShapeName } from "#shared/contract/sync.ts";
import type { Applier } from "./applier.ts";
import type { SyncView } from "./sync-view.ts";

/** How far the first fetch, or a fetch anew, of the first unfinished shape is. */
export function createProgress(applier: Applier, followed: () => ShapeName[]): () => SyncView["progress"] {
  // The pace is that of this run: what was fetched before a restart says nothing about the network of now.
  const began = new Map<ShapeName, { at: number; rows: number }>();
  return () => {
    const shape = followed().find((s) => unfinished(applier, s));
    if (!shape) return null;
    const { rowsFetched: rows, rowsExpected } = applier.held(shape);
    const start = began.get(shape) ?? { at: performance.now(), rows };
    began.set(shape, start.rows <= rows ? start : { at: performance.now(), rows });
    const total = Math.max(rowsExpected, rows);
    const pace = (rows - start.rows) / (performance.now() - start.at);
    return {
      shape,
      rows,
      total,
      secondsLeft: pace > 0 && total > rows ? Math.ceil((total - rows) / pace / 1000) : null,
    };
  };
}

function unfinished(applier: Applier, shape: ShapeName): boolean {
  const { position, upToDateAt } = applier.held(shape);
  return upToDateAt === null || position.refetching;
}
