import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import type { Applier } from "./applier.ts";
import type { ServerFollowing } from "./follow-server.ts";
import { createProgress } from "./progress.ts";
import type { SyncView } from "./sync-view.ts";

/** Commits in a row are told together; a single one at once. */
const apart = 40;

export function createViewer(
  applier: Applier,
  following: () => ServerFollowing | null,
  tell: (view: SyncView) => void,
): { now: () => SyncView; changed: () => void } {
  const followed = () => shapeName.options.filter((name) => applier.held(name).followed);
  const progress = createProgress(applier, followed);
  let last = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  const now = (): SyncView => {
    const shapes = shapeName.options.map((name) => [name, applier.held(name)] as const);
    const at = followed().map((name) => applier.held(name).upToDateAt);
    const event = following()?.event() ?? null;
    return {
      event,
      asOf:
        at.length === 0 || at.includes(null) ? null : (at.reduce((a, b) => (String(a) < String(b) ? a : b)) ?? null),
      usable: usable(applier, followed()),
      progress: progress(),
      revision: Object.fromEntries(shapes.map(([name, h]) => [name, h.revision])) as Record<ShapeName, number>,
      refusal: event === "refused" ? (following()?.refusal() ?? null) : null,
      removed: {
        mark: applier.mark(),
        pending: shapes.some(([, h]) => h.unwiped > 0 || h.position.purging),
        rows: Object.fromEntries(shapes.map(([name, h]) => [name, h.removed])) as Record<ShapeName, number>,
      },
      problem: event === "failed" || event === "refused" || event === "cut" ? (following()?.problem() ?? null) : null,
    };
  };
  const send = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    last = performance.now();
    tell(now());
  };
  return {
    now,
    changed: () => {
      if (timer) return;
      const wait = last + apart - performance.now();
      if (wait <= 0) timer = setTimeout(send, 0);
      else timer = setTimeout(send, wait);
    },
  };
}

/** SPEC.md 12: calls are there, or it is known that there are none. Without calls: all there is to be. */
function usable(applier: Applier, followed: ShapeName[]): boolean {
  if (!followed.includes("calls"))
    return followed.length > 0 && followed.every((name) => applier.held(name).upToDateAt !== null);
  const { position, upToDateAt, rowsFetched } = applier.held("calls");
  return upToDateAt !== null || rowsFetched > 0 || position.refetching;
}
