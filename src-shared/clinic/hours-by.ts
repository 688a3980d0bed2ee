import { type Kysely, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import type { DB } from "../schema/database.ts";
import { keyColumn } from "./group-key.ts";
import { type Reading, type Scope, within } from "./scope.ts";
import { from, sourceFor } from "./source.ts";

/**
 * In how many local hours each group answered at least one call; an hour at two clinics is two hours.
 * Empty for call types: a type of call has no hours of its own.
 */
export async function hoursBy(
  db: Kysely<DB>,
  scope: Scope,
  groupBy: GroupBy,
  reading: Reading,
): Promise<Map<string | null, number>> {
  if (groupBy === "callType") return new Map();
  const source = sourceFor(groupBy, scope.filter, reading);
  const { rows } =
    source === "calls_by_agent" || source === "calls_by_queue"
      ? await sql<Hours>`
          select key, sum(bit_count(hours::bit(24)))::bigint as hours
          from (
            select s.clinic_id, s.local_day, ${keyColumn(groupBy)} as key, bit_or(s.handled_hours) as hours
            from ${from(source)}
            where ${within(scope)}
            group by 1, 2, 3
          ) days
          group by 1`.execute(db)
      : await sql<Hours>`
          select key, count(*) as hours
          from (
            select s.clinic_id, s.local_day, s.local_hour, ${keyColumn(groupBy)} as key
            from ${from(source)}
            where ${within(scope)} and s.answered > 0
            group by 1, 2, 3, 4
          ) hours
          group by 1`.execute(db);
  return new Map(rows.map((r) => [r.key, r.hours]));
}
type Hours = { key: string | null; hours: number };
