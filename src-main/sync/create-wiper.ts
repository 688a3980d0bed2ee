import { rm } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { shapeName } from "#shared/contract/sync.ts";
import { isDiskFull } from "../replica/broken.ts";
import type { Turns } from "../replica/turns.ts";
import type { Applier } from "./applier.ts";
import type { SyncView } from "./sync-view.ts";
import { wipe } from "./wipe.ts";

/** A table is written anew beside the old one: on a full disk that is tried again after so long. What left is pending until then. */
const untilRoom = 600_000;

type Options = {
  pg: PGlite;
  turns: Turns;
  applier: Applier;
  event: () => SyncView["event"];
  /** A damaged replica that was set aside: it holds the rows as well. */
  aside: string;
};

/** Looks, when called (every second or so), whether rows that left are to be wiped off the files, and does it: SPEC.md 16. */
export type Wiper = (stopped: () => boolean) => Promise<void>;

export function createWiper({ pg, turns, applier, event, aside }: Options): Wiper {
  let before = 0;
  let notBefore = 0;
  return async (stopped) => {
    const due = shapeName.options.filter((s) => applier.held(s).unwiped > 0 && !applier.held(s).position.refetching);
    const counts = new Map(due.map((s) => [s, applier.held(s).unwiped]));
    const rows = [...counts.values()].reduce((sum, n) => sum + n, 0);
    const grows = rows !== before;
    before = rows;
    // Access changes for several shapes at once: what leaves them is wiped together, unless one of them can't be fetched now.
    const more = shapeName.options.some((s) => applier.held(s).position.refetching) && event() === "behind";
    if (rows === 0 || grows || more) return;
    if (performance.now() < notBefore) return;
    try {
      // Given up in the middle, it begins again at the next start.
      if (!(await wipe(pg, turns, due, stopped))) return;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      notBefore = performance.now() + untilRoom;
      return;
    }
    await rm(aside, { recursive: true, force: true });
    await applier.wiped(counts);
    before = 0;
  };
}
