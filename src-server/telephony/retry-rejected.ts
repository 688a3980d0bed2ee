import type { Pool } from "pg";
import { readWaitingOf } from "./read-waiting.ts";

/** Reads rejected records of a clinic again, the named ones or all; what still can't be read stays on the list. */
export async function retryRejected(
  pool: Pool,
  clinicId: string,
  ids: number[] | null,
): Promise<{ read: number; rejected: number }> {
  const { rows } = await pool.query<{ id: number; source_id: string }>(
    `update raw_records set state = 'waiting'
     where clinic_id = $1 and state = 'rejected' and ($2::bigint[] is null or id = any ($2))
     returning id, source_id`,
    [clinicId, ids],
  );
  for (const sourceId of new Set(rows.map((row) => row.source_id))) await readWaitingOf(pool, sourceId);
  // Asked of the database: a sender at the same moment may have read some of them.
  const { rows: counted } = await pool.query<{ read: number; rejected: number }>(
    `select count(*) filter (where state = 'read') as read, count(*) filter (where state = 'rejected') as rejected
     from raw_records where id = any ($1)`,
    [rows.map((row) => row.id)],
  );
  return counted[0] ?? { read: 0, rejected: 0 };
}
