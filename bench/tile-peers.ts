import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { tileList } from "./tile-list.ts";

type Options = { databaseUrl: string; folder: string; clinicId: string; today: string; runs: number };
const columns =
  "id, clinic_id, call_type, local_day, local_hour, location_id, queue_id, agent_id, call_direction, call_status, call_start_time, " +
  "wait_seconds, talk_duration_seconds, hold_time_seconds, after_call_work_seconds";

/** The same questions to the clinic server's PostgreSQL and to DuckDB, from raw rows: samples in ms by tile and peer. */
export async function tilePeers(options: Options): Promise<Record<string, Record<string, number[]>>> {
  const postgres = new Client({ connectionString: options.databaseUrl });
  await postgres.connect();
  const file = join(options.folder, "calls.csv");
  await pipeline(
    postgres.query(
      copyTo(
        `copy (select ${columns} from calls where clinic_id = '${options.clinicId}') to stdout (format csv, header)`,
      ),
    ),
    createWriteStream(file),
  );
  const instance = await DuckDBInstance.create(join(options.folder, "calls.duckdb"), { threads: "2" });
  const duck = await instance.connect();
  try {
    await duck.run(`create table calls as select * from read_csv('${file.replaceAll("'", "''")}', sample_size = 100000,
      types = {'call_type': 'varchar', 'local_day': 'date', 'wait_seconds': 'integer', 'talk_duration_seconds': 'integer'})`);
    const samples: Record<string, Record<string, number[]>> = {};
    for (let run = -1; run < options.runs; run++)
      for (const tile of tileList) {
        const sql = tile.sql({ clinicId: options.clinicId, today: options.today, run: run + 1 });
        const native = await timed(() => postgres.query(sql));
        const columnar = await timed(() => duck.runAndReadAll(sql));
        if (run < 0) continue;
        const own = (samples[tile.id] ??= { "PostgreSQL, raw rows": [], "DuckDB, raw rows": [] });
        own["PostgreSQL, raw rows"]?.push(native);
        own["DuckDB, raw rows"]?.push(columnar);
      }
    return samples;
  } finally {
    duck.closeSync();
    instance.closeSync();
    await postgres.end();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
