import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { SyncFigures } from "./first-sync-desk.ts";
import type { Bench } from "./kit/bench.ts";
import { resultOf } from "./kit/result.ts";
import { runChild } from "./kit/run-child.ts";

const repeats = 3;

/** A new desk, from signing in to every call in its replica; memory and stalls are those of the desk's whole process. */
export const firstSync: Bench = {
  id: "first-sync",
  title: "a new desk fetches its calls",
  run: async ({ server, folder, sizes, log }) => {
    const { url, clinics } = await server();
    const { email, password, id } = clinics.sync;
    const runs: SyncFigures[] = [];
    const client: SyncFigures[] = [];
    const inserts: SyncFigures[] = [];
    for (let run = 0; run < repeats; run++) {
      const home = join(folder, `desk-sync-${run}`);
      const input = { serverUrl: url, home, email, password, clinicId: id };
      const figures = await runChild<SyncFigures>(join(import.meta.dirname, "first-sync-desk.ts"), input, 240);
      log(
        `  ${figures.rows} rows in ${Math.round(figures.seconds * 10) / 10} s, ${Math.round(figures.peakMegabytes)} MB`,
      );
      runs.push(figures);
      const peer = join(import.meta.dirname, "first-sync-peer.ts");
      client.push(await runChild<SyncFigures>(peer, { ...input, home: null }, 240));
      inserts.push(await runChild<SyncFigures>(peer, { ...input, home: join(folder, `peer-${run}`) }, 240));
      await rm(home, { recursive: true, force: true });
      await rm(join(folder, `peer-${run}`), { recursive: true, force: true });
    }
    const of = (from: SyncFigures[], figure: (f: SyncFigures) => number) => from.map(figure);
    const rate = (f: SyncFigures) => f.rows / f.seconds;
    const peers = (figure: (f: SyncFigures) => number) => ({
      "client alone, in memory": of(client, figure),
      "client and plain inserts": of(inserts, figure),
    });
    return [
      resultOf({
        id: "first-sync-rate",
        title: `first sync of ${sizes.sync} calls`,
        unit: "rows/s",
        samples: of(runs, rate),
        budget: { median: 30_000 },
        peers: peers(rate),
      }),
      resultOf({
        id: "first-sync-total",
        title: "from signing in to live",
        unit: "ms",
        samples: of(runs, (f) => f.totalSeconds * 1000),
        budget: null,
      }),
      resultOf({
        id: "first-sync-usable",
        title: "from signing in until the newest days can be read",
        unit: "ms",
        samples: of(runs, (f) => f.usableMilliseconds),
        budget: null,
      }),
      resultOf({
        id: "first-sync-memory",
        title: "peak memory of the desk's process",
        unit: "MB",
        samples: of(runs, (f) => f.peakMegabytes),
        budget: { p95: 700 },
        peers: peers((f) => f.peakMegabytes),
      }),
      resultOf({
        id: "first-sync-stall",
        title: "longest stall of the main loop",
        unit: "ms",
        samples: of(runs, (f) => f.longestStall),
        budget: { p95: 50 },
        peers: peers((f) => f.longestStall),
      }),
    ];
  },
};
