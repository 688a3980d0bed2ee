import { type Kysely, sql } from "kysely";
import type { CallFilter } from "../contract/calls.ts";
import type { HeatCell } from "../contract/reports.ts";
import { daysBetween, weekday } from "../kit/calendar.ts";
import { must } from "../kit/must.ts";
import { computeMetrics } from "../metrics/compute-metrics.ts";
import { measures, type Sums } from "../metrics/sums.ts";
import type { DB } from "../schema/database.ts";
import { addedUp, numbersOf } from "./added-up.ts";
import { checkRange } from "./check-range.ts";
import { Gathering } from "./gathering.ts";
import { type Reading, type Scope, scopeOf, wholeClinics, within } from "./scope.ts";
import { sourceFor } from "./source.ts";
import { sumColumns } from "./sums-by.ts";
import { noWaits } from "./waits-by.ts";

/** One clinic's cell: its sums, and in how many of its hours a call was answered. */
type Cell = { clinic_id: string; weekday: number; hour: number; hours: number; sums: Sums };

const weekdayOf = sql`(s.local_day - date '0001-01-01') % 7 + 1`;

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
  const source = sourceFor("hour", scope.filter, reading);
  const rows = source === "calls_by_hour" ? await fromRollups(db, scope) : await fromRows(db, scope);
  const cells = Array.from({ length: 7 * 24 }, () => ({ gathered: new Gathering(), hours: 0 }));
  for (const row of rows) {
    const cell = must(cells[(row.weekday - 1) * 24 + row.hour], "the cell of the hour");
    cell.gathered.add(row.sums, must(scope.clinics.get(row.clinic_id), "the clinic of the calls").serviceLevel.variant);
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

/** The rollup by hour for the sums; which hours had an answered call is kept as bits of each day, and far sooner read there. */
async function fromRollups(db: Kysely<DB>, scope: Scope): Promise<Cell[]> {
  const sums = await sql<Omit<Cell, "hours" | "sums"> & { sums: string }>`
    select s.clinic_id, ${weekdayOf} as weekday, s.local_hour as hour, ${addedUp(measures)} as sums
    from calls_by_hour s
    where ${within(scope)}
    group by 1, 2, 3`.execute(db);
  const days = await sql<{ clinic_id: string; weekday: number; hours: number }>`
    select s.clinic_id, ${weekdayOf} as weekday, bit_or(s.handled_hours) as hours
    from calls_by_queue s
    where ${within(scope)}
    group by s.clinic_id, s.local_day`.execute(db);
  const answered = new Map<string, number>();
  for (const { clinic_id, weekday, hours } of days.rows)
    for (let hour = 0; hour < 24; hour++)
      if ((hours >> hour) & 1) {
        const key = `${clinic_id} ${weekday} ${hour}`;
        answered.set(key, (answered.get(key) ?? 0) + 1);
      }
  return sums.rows.map(({ sums: text, ...cell }) => {
    const numbers = numbersOf(text);
    return {
      ...cell,
      hours: answered.get(`${cell.clinic_id} ${cell.weekday} ${cell.hour}`) ?? 0,
      sums: Object.fromEntries(measures.map((m, place) => [m, must(numbers[place], m)])) as Sums,
    };
  });
}

/** From rows, where no rollup knows what is asked by: an hour of a day is one row inside, so that hours can be counted outside. */
async function fromRows(db: Kysely<DB>, scope: Scope): Promise<Cell[]> {
  const { rows } = await sql<Sums & Omit<Cell, "sums">>`
    select s.clinic_id, ${weekdayOf} as weekday, s.local_hour as hour,
      count(*) filter (where s.answered > 0) as hours, ${sumColumns}
    from (
      select s.clinic_id, s.local_day, s.local_hour, ${sql.join(measures.map((m) => sql`sum(${sql.ref(`s.${m}`)}) as ${sql.ref(m)}`))}
      from call_facts s
      where ${within(scope)}
      group by 1, 2, 3
    ) s
    group by 1, 2, 3`.execute(db);
  return rows.map(({ clinic_id, weekday, hour, hours, ...sums }) => ({ clinic_id, weekday, hour, hours, sums }));
}
