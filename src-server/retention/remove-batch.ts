import { type Kysely, sql } from "kysely";
import type { RetentionSubject } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";

/** What is over: of one clinic, before a day of its calendar, which begins there at an instant. */
export type Over = { clinicId: string; day: string; instant: string };
/** What a batch removed. `after` is where the next one begins. */
export type Gone = { removed: number; detail: Record<string, number>; after: number };

/**
 * Removes at most `most` rows of a subject that are over, oldest first, within the transaction `tx`.
 * - calls: by the clinic's day of the call, with its recording's link, and with the phone system's lines behind it: kept, they would
 *   go on naming the caller, and the next late line would bring the call back. The rollups follow by the triggers of calls.
 * - rawRecords: by when they were received, in whatever state; their calls stay as long as calls do.
 */
export const removeBatch: Record<
  RetentionSubject,
  (tx: Kysely<DB>, over: Over, most: number, after: number) => Promise<Gone>
> = {
  calls: async (tx, { clinicId, day }, most) => {
    const { rows } = await sql<{ calls: number; lines: number }>`
      with oldest as (
        select id from calls where clinic_id = ${clinicId} and local_day < ${day} order by local_day limit ${most}
      ), gone as (
        delete from calls using oldest where calls.id = oldest.id returning calls.source_id, calls.call_id
      ), lines as (
        delete from raw_records r using gone where r.source_id = gone.source_id and r.call_id = gone.call_id returning 1
      )
      select (select count(*) from gone) as calls, (select count(*) from lines) as lines`.execute(tx);
    const { calls = 0, lines = 0 } = rows[0] ?? {};
    return { removed: calls, detail: { rawRecords: lines }, after: 0 };
  },
  rawRecords: async (tx, { clinicId, instant }, most, after) => {
    // From where the batch before ended: lines of other clinics are passed over once, and no index is kept for this alone.
    const { rows } = await sql<{ removed: number; last: number | null }>`
      with oldest as (
        select id from raw_records where id > ${after} and clinic_id = ${clinicId} and received_at < ${instant} order by id limit ${most}
      ), gone as (
        delete from raw_records r using oldest where r.id = oldest.id returning r.id
      )
      select count(*) as removed, max(id) as last from gone`.execute(tx);
    const { removed = 0, last } = rows[0] ?? {};
    return { removed, detail: {}, after: last ?? after };
  },
};
