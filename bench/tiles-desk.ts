import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import { deskHandlers } from "../src-main/handlers/desk-handlers.ts";
import { replicaKysely } from "../src-main/replica/kysely-dialect.ts";
import { openReplica } from "../src-main/replica/open-replica.ts";
import { openVault } from "../src-main/session/vault.ts";
import type { DeskInput } from "./kit/open-desk.ts";
import { answerParent, childInput } from "./kit/run-child.ts";
import { tileList } from "./tile-list.ts";

// The verbs of the desk's router over a replica in its worker, without the cache of answers before them: every run
// reads the replica, as after each new call.
const input = childInput() as DeskInput & { personId: string; clinicId: string; runs: number };
const { clinicId } = input;
const folder = join(input.home, "replicas", input.personId);
const opened = await openVault(folder, { password: input.password });
if (!("ok" in opened)) throw new Error(`The large desk's vault gives no key: ${opened.failed}.`);
const replica = await openReplica({
  folder,
  key: opened.ok,
  onView: () => {},
  onBroken: () => {},
});
const db = replicaKysely(replica);
const ask = createRouterClient(
  deskHandlers(() => ({ db, person: null })),
  { context: {} },
);
const { day } = await ask.today.overview({ clinicId });
const samples: Record<string, number[]> = {};
// Round by round and not tile by tile: what disturbs the machine for a moment doesn't fall on one tile alone.
for (let run = -2; run < input.runs; run++)
  for (const tile of tileList) {
    const start = performance.now();
    await tile.ask(ask, { clinicId, today: day, run: run + 2 });
    if (run >= 0) (samples[tile.id] ??= []).push(performance.now() - start);
  }
await replica.close();
await answerParent({ today: day, samples });
process.exit(0);
