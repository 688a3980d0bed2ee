import { Client } from "pg";
import type { Bench, BenchServer } from "./kit/bench.ts";
import { benchLines } from "./kit/bench-lines.ts";
import { postLines } from "./kit/post-lines.ts";
import { resultOf } from "./kit/result.ts";

const batch = 1000;

/** Batches of CDR lines through the signed webhook: raw lines, reading, calls and rollups. Beside it only the rows, inserted bare. */
export const ingestion: Bench = {
  id: "ingestion",
  title: "records read and stored in batches, rollups included",
  run: async ({ server, sizes }) => {
    const held = await server();
    const lines = benchLines(sizes.records);
    const samples: number[] = [];
    for (let from = 0; from + batch <= lines.length; from += batch) {
      const start = performance.now();
      await postLines(held.url, held.clinics.small, lines.slice(from, from + batch));
      samples.push(batch / ((performance.now() - start) / 1000));
    }
    return [
      resultOf({
        id: "ingestion",
        title: `ingestion by webhook, ${batch} lines a batch`,
        unit: "records/s",
        samples: samples.slice(1),
        budget: { median: 2000 },
        peers: { "raw INSERT": await rawInserts(held, samples.length) },
      }),
    ];
  },
};

/** The same calls as plain rows into a table with the same indexes, without raw lines, reading and rollups. */
async function rawInserts(held: BenchServer, batches: number): Promise<number[]> {
  const client = new Client({ connectionString: held.databaseUrl });
  await client.connect();
  try {
    await client.query("create schema bench");
    await client.query("create table bench.calls (like public.calls including all)");
    const samples: number[] = [];
    for (let run = 0; run < batches; run++) {
      const { rows } = await client.query<{ rows: string }>(
        `select jsonb_agg(c)::text as rows from (select * from calls where clinic_id = $1 order by id limit ${batch} offset $2) c`,
        [held.clinics.small.id, run * batch],
      );
      const start = performance.now();
      const { rowCount } = await client.query(
        "insert into bench.calls select * from jsonb_populate_recordset(null::bench.calls, $1::jsonb)",
        [rows[0]?.rows],
      );
      samples.push((rowCount ?? 0) / ((performance.now() - start) / 1000));
    }
    return samples.slice(1);
  } finally {
    await client.query("drop schema if exists bench cascade");
    await client.end();
  }
}
