import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../src-main/replica/open-database.ts";
import { resources } from "../src-main/replica/resources.ts";
import { layClear, openClear } from "./kit/clear-replica.ts";
import { answerParent, childInput } from "./kit/run-child.ts";

// A replica's database alone, in this thread: filled as a first synchronisation fills it (slices by COPY, each a commit; the
// rollups come along), then asked, then opened again and again.
export type EncryptionFigures = { rowsPerSecond: number; queries: Record<string, number[]>; opening: number[] };
const input = childInput() as { folder: string; encrypted: boolean; rows: number; runs: number };
const key = Buffer.alloc(32, 1);
const open = async () =>
  input.encrypted
    ? (await openDatabase(input.folder, join(resources(), "schema"), key)).pg
    : await openClear(input.folder);

const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
const types = ["sales", "service", "billing", "other"];
const columns = "id, clinic_id, source_id, call_id, location_id, queue_id, agent_id, caller_number, call_direction, call_start_time, call_end_time, local_day, local_hour, wait_seconds, talk_duration_seconds, call_status, queue_name, agent_name"; // prettier-ignore
/** One call as COPY has it: the oldest first, 900 a day. */
function line(n: number): string {
  const start = new Date(Date.UTC(2023, 0, 1, 8 + (n % 10)) + Math.floor(n / 900) * 86_400_000);
  const end = new Date(start.getTime() + 300_000);
  const status = n % 8 === 0 ? "abandoned" : "answered";
  return [id(n), id(1), id(2), `call_${n}`, id(10 + (n % 3)), id(20 + (n % 4)), id(100 + (n % 40)), "2025550143", "inbound", start.toISOString(), end.toISOString(), start.toISOString().slice(0, 10), start.getUTCHours(), (n * 7919) % 90, 60 + ((n * 104_729) % 900), status, types[n % 4], `Agent ${n % 40}`].join("\t"); // prettier-ignore
}

mkdirSync(input.folder, { recursive: true });
if (!input.encrypted) await layClear(input.folder);
let pg = await open();
const has = await pg.query<{ column_name: string }>("select column_name::text from information_schema.columns where table_name = 'calls'"); // prettier-ignore
const known = new Set(has.rows.map((r) => r.column_name));
const wanted = columns.split(", ").map((name, place) => ({ name, place })).filter(({ name }) => known.has(name)); // prettier-ignore

const slice = 4000;
let spent = 0;
for (let from = 0; from < input.rows; from += slice) {
  const lines = Array.from({ length: Math.min(slice, input.rows - from) }, (_, i) => line(from + i).split("\t"));
  const blob = new Blob(lines.map((fields) => `${wanted.map(({ place }) => fields[place]).join("\t")}\n`));
  const start = performance.now();
  await pg.query(`copy calls (${wanted.map(({ name }) => name).join(", ")}) from '/dev/blob'`, [], { blob });
  // As the upkeep does at 64 MB of log.
  if (from % (slice * 8) === 0) await pg.exec("checkpoint");
  spent += performance.now() - start;
}
await pg.exec("vacuum analyze calls");
await pg.exec("checkpoint");

const questions = {
  "last day by queue": "select queue_id, count(*), avg(wait_seconds) from calls where local_day = (select max(local_day) from calls) group by 1", // prettier-ignore
  "hours of 90 days": "select extract(isodow from local_day), local_hour, count(*) from calls where local_day > (select max(local_day) - 90 from calls) group by 1, 2", // prettier-ignore
  "90 % of the wait by month": "select date_trunc('month', local_day), location_id, percentile_cont(0.9) within group (order by wait_seconds) from calls group by 1, 2", // prettier-ignore
  "rollup of hours": "select local_hour, sum(calls) from calls_by_hour group by 1",
};
const queries: Record<string, number[]> = {};
for (let run = -2; run < input.runs; run++)
  for (const [name, sql] of Object.entries(questions)) {
    const start = performance.now();
    await pg.query(sql);
    if (run >= 0) (queries[name] ??= []).push(performance.now() - start);
  }

const opening: number[] = [];
for (let run = -1; run < 6; run++) {
  await pg.close();
  const start = performance.now();
  pg = await open();
  await pg.query("select count(*) from clinics");
  if (run >= 0) opening.push(performance.now() - start);
}
await pg.close();
await answerParent({ rowsPerSecond: (input.rows / spent) * 1000, queries, opening } satisfies EncryptionFigures);
process.exit(0);
