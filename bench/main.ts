import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildReplicaTemplate } from "../scripts/build-replica-template.ts";
import { deskStart } from "./desk-start.ts";
import { encryption } from "./encryption.ts";
import { firstSync } from "./first-sync.ts";
import { ingestion } from "./ingestion.ts";
import type { Bench, BenchServer, Context, Result, Sizes } from "./kit/bench.ts";
import { startBenchServer } from "./kit/bench-server.ts";
import { asJson } from "./kit/result.ts";
import { stopAll } from "./kit/spawned.ts";
import { table } from "./kit/table.ts";
import { tiles } from "./tiles.ts";
import { webhookToReplica } from "./webhook-to-replica.ts";

/** `npm run bench [-- --json FILE] [--only ID,..] [--quick]`: measures what the product promises; README.md says how. */
const { values } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, quick: { type: "boolean", default: false } },
});

const all: Bench[] = [webhookToReplica, ingestion, firstSync, tiles, encryption, deskStart];
const wanted = values.only?.split(",") ?? all.map((bench) => bench.id);
const unknown = wanted.find((id) => !all.some((bench) => bench.id === id));
if (unknown !== undefined) {
  console.error(`No bench is called ${unknown}: there are ${all.map((bench) => bench.id).join(", ")}.`);
  process.exit(1);
}

const sizes: Sizes = values.quick
  ? { large: 50_000, sync: 50_000, records: 10_000, runs: 20 }
  : { large: 1_000_000, sync: 200_000, records: 40_000, runs: 40 };
const started = Date.now();
const log = (line: string) => console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const folder = mkdtempSync(join(tmpdir(), "careboard-bench-"));
let server: Promise<BenchServer> | null = null;
const needs = { sync: wanted.includes("first-sync"), large: wanted.includes("tiles") || wanted.includes("desk-start") };
const context: Context = {
  sizes,
  folder,
  log,
  server: () => (server ??= startBenchServer(folder, sizes, needs, log)),
};

async function cleanUp(): Promise<void> {
  await stopAll();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

const results: Result[] = [];
const failures: string[] = [];
try {
  // What every start of the desk sees to; made here, so that no bench measures the making of it.
  await buildReplicaTemplate();
  for (const bench of all.filter(({ id }) => wanted.includes(id))) {
    log(`${bench.id}: ${bench.title}`);
    try {
      results.push(...(await bench.run(context)));
    } catch (error) {
      // One bench that can't run must not hide the figures of the others.
      failures.push(`${bench.id} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
      log(failures.at(-1) ?? "");
    }
  }
} finally {
  await cleanUp();
}

console.log(table(results));
for (const failure of failures) console.log(failure);
console.log(
  `${cpus().length} processors, Node ${process.version}, ${Math.round((Date.now() - started) / 1000)} s in all.`,
);
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify({ results: results.map(asJson) }, null, 2)}\n`);
}
// A missed budget is a figure to look at, on machines as different as they are; a bench that can't run is an error.
process.exit(failures.length > 0 ? 1 : 0);
