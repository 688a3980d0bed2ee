import { type Kysely, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import { measures, type Sums } from "../metrics/sums.ts";
import type { DB } from "../schema/database.ts";
import { keyColumn } from "./group-key.ts";
import { type Reading, type Scope, within } from "./scope.ts";
import { from, sourceFor } from "./source.ts";

/** Sums of one clinic's calls in one group; `key` is null where the calls have none. */
export type ClinicSums = Sums & { clinic_id: string; key: string | null };

/** Every measure added up, by clinic and group: a clinic's service-level variant is applied before clinics are put together. */
export async function sumsBy(db: Kysely<DB>, scope: Scope, groupBy: GroupBy, reading: Reading): Promise<ClinicSums[]> {
  const { rows } = await sql<ClinicSums>`
    select s.clinic_id, ${keyColumn(groupBy)} as key, ${sumColumns}
    from ${from(sourceFor(groupBy, scope.filter, reading))}
    where ${within(scope)}
    group by 1, 2`.execute(db);
  return rows;
}

/** `sum(bigint)` would be a numeric, which arrives as text. */
export const sumColumns = sql.join(measures.map((m) => sql`sum(${sql.ref(`s.${m}`)})::bigint as ${sql.ref(m)}`));
