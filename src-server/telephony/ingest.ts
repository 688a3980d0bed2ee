import type { Pool } from "pg";
import { type IncomingRecord, incomingLine } from "./incoming-record.ts";
import { readWaitingOf } from "./read-waiting.ts";
import { storeRecords } from "./store-records.ts";

/** received = stored + duplicates + rejected. `rejected` are new, kept, and on the list that people see. */
export type IngestCounts = { received: number; stored: number; duplicates: number; rejected: number };

/** Records that go through the database together: few large statements, and no transaction that others wait long for. */
const together = 500;

/**
 * Takes in records of a source: first keeps each as it came, then reads what is waiting, then says what became of them.
 * A string is a raw line. The same record again changes nothing. Blank lines are not received.
 *
 * @throws when there is no such source, or the database can't be reached; what was kept by then is read later
 */
export async function ingest(
  database: { systemPool: Pool },
  sourceId: string,
  records: readonly (string | IncomingRecord)[],
): Promise<IngestCounts> {
  const counts: IngestCounts = { received: 0, stored: 0, duplicates: 0, rejected: 0 };
  const given = records.flatMap((record) => (typeof record === "string" ? (incomingLine(record) ?? []) : record));
  for (let from = 0; from < given.length; from += together) {
    const part = given.slice(from, from + together);
    const ids = await storeRecords(database.systemPool, sourceId, part);
    const states = await readWaitingOf(database.systemPool, sourceId);
    // What a parallel sender has read meanwhile is told by the database.
    const others = ids.filter((id) => !states.has(id));
    const rejected =
      ids.filter((id) => states.get(id) === "rejected").length + (await countRejected(database.systemPool, others));
    counts.received += part.length;
    counts.duplicates += part.length - ids.length;
    counts.rejected += rejected;
    counts.stored += ids.length - rejected;
  }
  return counts;
}

async function countRejected(pool: Pool, ids: number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { rows } = await pool.query<{ count: number }>(
    "select count(*) as count from raw_records where id = any ($1) and state = 'rejected'",
    [ids],
  );
  return rows[0]?.count ?? 0;
}
