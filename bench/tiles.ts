import { join } from "node:path";
import type { Bench } from "./kit/bench.ts";
import { resultOf } from "./kit/result.ts";
import { runChild } from "./kit/run-child.ts";
import { largeDesk } from "./kit/large-desk.ts";
import { tilePeers } from "./tile-peers.ts";
import { tileList } from "./tile-list.ts";

/** Every tile on the desk's replica; beside it native PostgreSQL and DuckDB, which have only the raw rows. */
export const tiles: Bench = {
  id: "tiles",
  title: "every tile of Today and Trends on the desk",
  run: async (context) => {
    const { server, sizes, log } = context;
    const { clinics, databaseUrl } = await server();
    const desk = await largeDesk(context);
    const answers = await runChild<{ today: string; samples: Record<string, number[]> }>(
      join(import.meta.dirname, "tiles-desk.ts"),
      { ...desk, clinicId: clinics.large.id, runs: sizes.runs },
      180,
    );
    log("  the same from raw rows, by PostgreSQL and DuckDB");
    const runs = Math.ceil(sizes.runs / 4);
    const peers = await tilePeers({
      databaseUrl,
      folder: context.folder,
      clinicId: clinics.large.id,
      today: answers.today,
      runs,
    });
    return tileList.map((tile) =>
      resultOf({
        id: tile.id,
        title: tile.title,
        unit: "ms",
        samples: answers.samples[tile.id] ?? [],
        budget: { p95: 50 },
        peers: peers[tile.id] ?? {},
      }),
    );
  },
};
