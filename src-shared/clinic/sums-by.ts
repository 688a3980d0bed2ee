import { type Kysely, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import { must } from "../kit/must.ts";
import { measures, type Sums } from "../metrics/sums.ts";
import type { DB } from "../schema/database.ts";
import { addedUp, numbersOf } from "./added-up.ts";
import { keyColumn } from "./group-key.ts";
import { type Reading, type Scope, within } from "./scope.ts";
import { from, hasBuckets, sourceFor } from "./source.ts";
import { waitColumns } from "./wait-buckets.ts";

/**
 * Sums of one clinic's calls in one group; `key` is null where the calls have none. `buckets` are its waits by bucket where
 * the source has them: adding them up in the same pass is cheaper than reading the rows again.
 */
export type ClinicSums = { clinic_id: string; key: string | null; sums: Sums; buckets: number[] | null };

/** Every measure added up, by clinic and group: a clinic's service-level variant is applied before clinics are put together. */
export async function sumsBy(
  db: Kysely<DB>,
  scope: Scope,
  groupBy: GroupBy,
  reading: Reading,
  waits = true,
): Promise<ClinicSums[]> {
  const source = sourceFor(groupBy, scope.filter, reading);
  const { rows } = await sql<{ clinic_id: string; key: string | null; sums: string; buckets: string | null }>`
    select s.clinic_id, ${keyColumn(groupBy)} as key, ${addedUp(measures)} as sums,
      ${waits && hasBuckets(source) ? addedUp(waitColumns) : sql`null::text`} as buckets
    from ${from(source)}
    where ${within(scope)}
    group by 1, 2`.execute(db);
  return rows.map(({ clinic_id, key, sums, buckets }) => {
    const numbers = numbersOf(sums);
    return {
      clinic_id,
      key,
      sums: Object.fromEntries(measures.map((m, place) => [m, must(numbers[place], m)])) as Sums,
      buckets: buckets === null ? null : numbersOf(buckets),
    };
  });
}

/** `sum(bigint)` would be a numeric, which arrives as text. */
export const sumColumns = sql.join(measures.map((m) => sql`sum(${sql.ref(`s.${m}`)})::bigint as ${sql.ref(m)}`));
