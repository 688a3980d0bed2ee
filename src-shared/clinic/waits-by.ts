import { type Kysely, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import type { DB } from "../schema/database.ts";
import { keyColumn } from "./group-key.ts";
import { type Reading, type Scope, within } from "./scope.ts";
import { from, sourceFor } from "./source.ts";
import { percentileOfBuckets, waitColumns } from "./wait-buckets.ts";

export type Waits = { waitP50: number | null; waitP90: number | null };
export const noWaits: Waits = { waitP50: null, waitP90: null };
/** `groups` by key (null: without one), and all together. */
export type WaitsBy = { total: Waits; groups: Map<string | null, Waits> };

/** Up to so many calls in the range percentiles are exact. */
export const exactUpTo = 20_000;

/**
 * Median and 90th percentile of the waits of answered and abandoned calls: percentile_cont over the rows while the
 * clinics have at most 20,000 calls in the range (whatever the filter: those are the rows to be read), beyond that from
 * the rollup's buckets (see wait-buckets.ts). Where no rollup has buckets for the grouping (single hours, agents within a
 * queue, their call types) they are exact throughout.
 *
 * @param calls how many calls the question is about
 */
export async function waitsBy(
  db: Kysely<DB>,
  scope: Scope,
  groupBy: GroupBy,
  reading: Reading,
  calls: number,
): Promise<WaitsBy> {
  const source = sourceFor(groupBy, scope.filter, reading);
  const bucketed = source === "calls_by_agent" || source === "calls_by_type" || source === "calls_by_queue";
  if (!bucketed) return fromRows(db, scope, groupBy);
  const narrowed = Object.values(scope.filter).some((wanted) => wanted !== undefined);
  const inRange = narrowed && calls <= exactUpTo ? await callsInRange(db, scope) : calls;
  return inRange > exactUpTo ? fromBuckets(db, scope, groupBy, source) : fromRows(db, scope, groupBy);
}

async function callsInRange(db: Kysely<DB>, scope: Scope): Promise<number> {
  const { rows } = await sql<{ calls: number | null }>`
    select sum(s.calls)::bigint as calls from calls_by_queue s where ${within({ ...scope, filter: {} })}`.execute(db);
  return rows[0]?.calls ?? 0;
}

async function fromRows(db: Kysely<DB>, scope: Scope, groupBy: GroupBy): Promise<WaitsBy> {
  const { rows } = await sql<Waits & { key: string | null; whole: number }>`
    select key, grouping(key) as whole,
      percentile_cont(0.5) within group (order by wait_seconds) as "waitP50",
      percentile_cont(0.9) within group (order by wait_seconds) as "waitP90"
    from (
      select ${keyColumn(groupBy)} as key, s.wait_seconds
      from calls s
      where ${within(scope)} and s.call_direction = 'inbound' and s.call_status in ('answered', 'abandoned')
        and s.wait_seconds is not null
    ) waits
    group by grouping sets ((key), ())`.execute(db);
  const groups = new Map<string | null, Waits>();
  let total = noWaits;
  for (const { key, whole, waitP50, waitP90 } of rows)
    if (whole === 1) total = { waitP50, waitP90 };
    else groups.set(key, { waitP50, waitP90 });
  return { total, groups };
}

async function fromBuckets(
  db: Kysely<DB>,
  scope: Scope,
  groupBy: GroupBy,
  source: "calls_by_agent" | "calls_by_type" | "calls_by_queue",
): Promise<WaitsBy> {
  const { rows } = await sql<Record<string, number> & { key: string | null }>`
    select ${keyColumn(groupBy)} as key, ${sql.join(waitColumns.map((c) => sql`sum(${sql.ref(`s.${c}`)}) as ${sql.ref(c)}`))}
    from ${from(source)}
    where ${within(scope)}
    group by 1`.execute(db);
  const all = waitColumns.map(() => 0);
  const groups = new Map<string | null, Waits>();
  for (const row of rows) {
    const counts = waitColumns.map((c) => row[c] ?? 0);
    for (const [bucket, count] of counts.entries()) all[bucket] = (all[bucket] ?? 0) + count;
    groups.set(row.key, percentiles(counts));
  }
  return { total: percentiles(all), groups };
}

const percentiles = (counts: number[]): Waits => ({
  waitP50: percentileOfBuckets(counts, 0.5),
  waitP90: percentileOfBuckets(counts, 0.9),
});
