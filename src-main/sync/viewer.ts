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
  const progress = createProgress(applier);
  let last = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  const now = (): SyncView => {
    const shapes = shapeName.options.map((name) => [name, applier.held(name)] as const);
    const at = shapes.map(([, h]) => h.upToDateAt);
    const event = following()?.event() ?? null;
    return {
      event,
      asOf: at.includes(null) ? null : (at.reduce((a, b) => (String(a) < String(b) ? a : b)) ?? null),
      usable: usable(applier),
      progress: progress(),
      revision: Object.fromEntries(shapes.map(([name, h]) => [name, h.revision])) as Record<ShapeName, number>,
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

/** SPEC.md 12: calls are there, or it is known that there are none. */
function usable(applier: Applier): boolean {
  const { position, upToDateAt, rowsFetched } = applier.held("calls");
  return upToDateAt !== null || rowsFetched > 0 || position.refetching;
}
