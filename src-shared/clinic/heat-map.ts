import { type Kysely, sql } from "kysely";
import type { CallFilter } from "../contract/calls.ts";
import type { HeatCell } from "../contract/reports.ts";
import { daysBetween, weekday } from "../kit/calendar.ts";
import { must } from "../kit/must.ts";
import { computeMetrics } from "../metrics/compute-metrics.ts";
import { measures, type Sums } from "../metrics/sums.ts";
import type { DB } from "../schema/database.ts";
import { checkRange } from "./check-range.ts";
import { Gathering } from "./gathering.ts";
import { type Reading, scopeOf, wholeClinics, within } from "./scope.ts";
import { from, sourceFor } from "./source.ts";
import { sumColumns } from "./sums-by.ts";
import { noWaits } from "./waits-by.ts";

type Row = Sums & { clinic_id: string; weekday: number; hour: number; hours: number };

/**
 * Figures by weekday (1 is Monday) and local hour, all 168 cells in that order. `days` counts the days of the weekday
 * in the range. Wait percentiles are not kept by hour and are null here: call-analytics by hour has them.
 */
export async function heatMap(
  db: Kysely<DB>,
  question: CallFilter & { startDate: string; endDate: string },
  reading: Reading = wholeClinics,
): Promise<HeatCell[]> {
  checkRange(question);
  const scope = await scopeOf(db, question);
  // An hour of a day is one row inside, so that outside the hours with an answered call can be counted.
  const { rows } = await sql<Row>`
    select s.clinic_id, (s.local_day - date '0001-01-01') % 7 + 1 as weekday, s.local_hour as hour,
      count(*) filter (where s.answered > 0) as hours, ${sumColumns}
    from (
      select s.clinic_id, s.local_day, s.local_hour, ${sql.join(measures.map((m) => sql`sum(${sql.ref(`s.${m}`)}) as ${sql.ref(m)}`))}
      from ${from(sourceFor("hour", scope.filter, reading))}
      where ${within(scope)}
      group by 1, 2, 3
    ) s
    group by 1, 2, 3`.execute(db);
  const cells = Array.from({ length: 7 * 24 }, () => ({ gathered: new Gathering(), hours: 0 }));
  for (const row of rows) {
    const cell = must(cells[(row.weekday - 1) * 24 + row.hour], "the cell of the hour");
    cell.gathered.add(row, must(scope.clinics.get(row.clinic_id), "the clinic of the calls").serviceLevel.variant);
    cell.hours += row.hours;
  }
  const weekdays = daysBetween(scope.startDate, scope.endDate).map(weekday);
  const days = [1, 2, 3, 4, 5, 6, 7].map((n) => weekdays.filter((day) => day === n).length);
  return cells.map(({ gathered, hours }, index) => ({
    weekday: Math.floor(index / 24) + 1,
    hour: index % 24,
    days: days[Math.floor(index / 24)] ?? 0,
    ...computeMetrics({ ...gathered.parts(), hours, ...noWaits }),
  }));
}
