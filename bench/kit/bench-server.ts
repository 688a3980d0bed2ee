import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { visitDatabase } from "../../src-server/database/open.ts";
import { openPool } from "../../src-server/database/pool.ts";
import type { BenchServer, Sizes } from "./bench.ts";
import { benchClinic } from "./bench-clinics.ts";
import { bulkCalls } from "./bulk-calls.ts";
import { spawned } from "./spawned.ts";

const root = join(import.meta.dirname, "../..");

/** Fills a database of its own with what the benches ask for, then starts the clinic server on it as a user would. */
export async function startBenchServer(
  folder: string,
  sizes: Sizes,
  needs: { sync: boolean; large: boolean },
  log: (line: string) => void,
): Promise<BenchServer> {
  const data = join(folder, "server");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const database = await visitDatabase({ folder: data });
  // Statistics and a checkpoint are the owner's to ask for.
  const owner = openPool(database.url);
  const clinics = {
    small: await benchClinic(database.system, "small"),
    sync: await benchClinic(database.system, "sync"),
    large: await benchClinic(database.system, "large"),
  };
  await bulkCalls(owner, clinics.small.id, 2000);
  for (const name of ["sync", "large"] as const)
    if (needs[name]) {
      const started = Date.now();
      await bulkCalls(owner, clinics[name].id, sizes[name]);
      log(`${sizes[name]} calls written in ${Math.round((Date.now() - started) / 1000)} s`);
    }
  await owner.query("checkpoint");
  await owner.end();
  await database.close();
  const server = await spawned(
    join(root, "src-server/main.ts"),
    ["--port", "0", "--data", data],
    /^careboard server ready (\S+)$/,
  );
  return { url: server.ready, databaseUrl: runningUrl(data), pid: server.child.pid ?? 0, clinics };
}

/** The URL of the PostgreSQL that the server started in its folder: its port is in the file that PostgreSQL writes. */
function runningUrl(data: string): string {
  const port = readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[3]?.trim();
  const password = readFileSync(join(data, "postgres-password"), "utf8").trim();
  return `postgresql://careboard:${encodeURIComponent(password)}@127.0.0.1:${port}/careboard`;
}
