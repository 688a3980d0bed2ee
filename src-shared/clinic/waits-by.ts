import { type Kysely, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import type { DB } from "../schema/database.ts";
import { keyColumn } from "./group-key.ts";
import { type Reading, type Scope, within } from "./scope.ts";
import { hasBuckets, sourceFor } from "./source.ts";
import { sumsBy } from "./sums-by.ts";
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
 * queue, their call types) they are exact throughout. Who may read rollups alone is told by buckets only.
 *
 * @param calls how many calls the question is about
 * @param groups the same groups with their buckets, as `sumsBy` gives them; asked for only where they are needed
 */
export async function waitsBy(
  db: Kysely<DB>,
  scope: Scope,
  groupBy: GroupBy,
  reading: Reading,
  calls: number,
  groups: () => readonly Bucketed[] | Promise<readonly Bucketed[]>,
): Promise<WaitsBy> {
  const bucketed = hasBuckets(sourceFor(groupBy, scope.filter, reading));
  if (reading.from === "rollups")
    return bucketed ? fromBuckets(await groups()) : fromBuckets(await withoutGroups(db, scope, reading));
  if (!bucketed) return fromRows(db, scope, groupBy);
  const narrowed = Object.values(scope.filter).some((wanted) => wanted !== undefined);
  const inRange = narrowed && calls <= exactUpTo ? await callsInRange(db, scope) : calls;
  return inRange > exactUpTo ? fromBuckets(await groups()) : fromRows(db, scope, groupBy);
}

/** All calls together, where a group has no buckets of its own and rows are not to be read: its percentiles stay unknown. */
async function withoutGroups(db: Kysely<DB>, scope: Scope, reading: Reading): Promise<Bucketed[]> {
  const sums = await sumsBy(db, scope, "none", reading);
  return sums.map(({ buckets }) => ({ key: null, buckets }));
}

type Bucketed = { key: string | null; buckets: number[] | null };

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

function fromBuckets(rows: readonly Bucketed[]): WaitsBy {
  const all = waitColumns.map(() => 0);
  const groups = new Map<string | null, number[]>();
  for (const { key, buckets } of rows) {
    const group = groups.get(key) ?? waitColumns.map(() => 0);
    groups.set(key, group);
    for (const [bucket, count] of (buckets ?? []).entries()) {
      all[bucket] = (all[bucket] ?? 0) + count;
      group[bucket] = (group[bucket] ?? 0) + count;
    }
  }
  return {
    total: percentiles(all),
    groups: new Map([...groups].map(([key, counts]) => [key, percentiles(counts)])),
  };
}

const percentiles = (counts: number[]): Waits => ({
  waitP50: percentileOfBuckets(counts, 0.5),
  waitP90: percentileOfBuckets(counts, 0.9),
});
