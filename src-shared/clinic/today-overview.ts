import { type Kysely, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Tile, TodayOverview } from "../contract/reports.ts";
import type { ServiceLevelVariant } from "../contract/clinics.ts";
import { addDays } from "../kit/calendar.ts";
import { must } from "../kit/must.ts";
import { catalogue } from "../metrics/catalogue.ts";
import { computeMetrics } from "../metrics/compute-metrics.ts";
import type { MetricId, MetricValues } from "../metrics/metric-values.ts";
import { measures, type Sums } from "../metrics/sums.ts";
import type { DB } from "../schema/database.ts";
import { percentile } from "../statistics/percentile.ts";
import { Gathering } from "./gathering.ts";
import { hoursBy } from "./hours-by.ts";
import { type Reading, type Scope, wholeClinics, within } from "./scope.ts";
import { from, sourceFor } from "./source.ts";
import { sumColumns, sumsBy } from "./sums-by.ts";
import { todayScope, type TodayQuestion } from "./today-scope.ts";
import { noWaits, waitsBy } from "./waits-by.ts";

/** The figures that Today shows as tiles, in their order. */
export const todayMetrics = [
  "offered",
  "answered",
  "abandoned",
  "serviceLevel",
  "averageSpeedOfAnswer",
  "averageHandleTime",
] as const satisfies MetricId[];

/** How many earlier days of this weekday are looked at. */
const weeks = 8;
type HourSums = Sums & { day: string; hour: number };

/**
 * Today's figures beside the usual ones: the same weekday of the last eight weeks, up to the same time of day. Whole
 * hours count whole, the current one by the share of it that has passed. Counts are averaged over the days, rates and
 * times are ratios of sums over them. A day on which the clinic had no call at all (a holiday) is left out.
 */
export async function todayOverview(
  db: Kysely<DB>,
  question: TodayQuestion,
  now: Temporal.Instant,
  reading: Reading = wholeClinics,
): Promise<TodayOverview> {
  const { clinic, moment, scope } = await todayScope(db, question, now);
  const { variant } = clinic.serviceLevel;
  const earlier = Array.from({ length: weeks }, (_, week) => addDays(moment.day, -7 * (weeks - week)));
  const held = { ...scope, startDate: must(earlier[0], "the first day"), days: [...earlier, moment.day] };
  const usualDays = await daysWithCalls(db, { ...held, days: earlier, filter: {} }, reading);
  const hours = await hourSums(db, held, reading);
  const today = hours.filter((h) => h.day === moment.day);
  const values = await valuesOf(db, scope, gather(today, variant), reading);
  const byNow = (day: string) =>
    hours.filter((h) => h.day === day).map((h) => weighted(h, Math.min(Math.max(moment.minute / 60 - h.hour, 0), 1)));
  const usual = figures(gather(usualDays.flatMap(byNow), variant));
  const sparks = usualDays.map((day) => figures(gather(byNow(day), variant)));
  const tiles: Tile[] = todayMetrics.map((metric) => ({
    metric,
    value: values[metric],
    usual: usualDays.length === 0 ? null : average(metric, usual[metric], usualDays.length),
    spark: [...sparks.map((day) => day[metric]), values[metric]],
  }));
  return {
    day: moment.day,
    minute: moment.minute,
    usualDays: usualDays.length,
    tiles,
    values,
    hours: Array.from({ length: 24 }, (_, hour) => {
      const now = today.find((h) => h.hour === hour);
      const before = usualDays.map((day) => hours.find((h) => h.day === day && h.hour === hour)?.offered ?? 0);
      return { hour, offered: now?.offered ?? 0, abandoned: now?.abandoned ?? 0, ...band(before) };
    }),
  };
}

/** The usual count of an hour, and the band that most days stay in: all of them while they are few. */
function band(counts: number[]): { usual: number | null; usualLow: number | null; usualHigh: number | null } {
  if (counts.length === 0) return { usual: null, usualLow: null, usualHigh: null };
  const few = counts.length < 5;
  return {
    usual: counts.reduce((sum, n) => sum + n, 0) / counts.length,
    usualLow: percentile(counts, few ? 0 : 0.2),
    usualHigh: percentile(counts, few ? 1 : 0.8),
  };
}

const average = (metric: MetricId, value: number | null, days: number) =>
  value !== null && catalogue[metric].unit === "count" ? value / days : value;

const weighted = (sums: Sums, share: number): Sums =>
  Object.fromEntries(measures.map((m) => [m, sums[m] * share])) as Sums;

function gather(rows: Sums[], variant: ServiceLevelVariant): Gathering {
  const gathering = new Gathering();
  for (const row of rows) gathering.add(row, variant);
  return gathering;
}

const figures = (gathering: Gathering): MetricValues =>
  computeMetrics({ ...gathering.parts(), hours: null, ...noWaits });

async function valuesOf(db: Kysely<DB>, scope: Scope, today: Gathering, reading: Reading): Promise<MetricValues> {
  const { total } = await waitsBy(db, scope, "none", reading, today.sums.calls, () =>
    sumsBy(db, scope, "none", reading),
  );
  const hours = (await hoursBy(db, scope, "none", reading)).get("") ?? 0;
  return computeMetrics({ ...today.parts(), hours, ...total });
}

async function hourSums(db: Kysely<DB>, scope: Scope, reading: Reading): Promise<HourSums[]> {
  const { rows } = await sql<HourSums>`
    select s.local_day::text as day, s.local_hour as hour, ${sumColumns}
    from ${from(sourceFor("hour", scope.filter, reading))}
    where ${within(scope)}
    group by 1, 2`.execute(db);
  return rows;
}

async function daysWithCalls(db: Kysely<DB>, scope: Scope, reading: Reading): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct s.local_day::text as day
    from ${from(sourceFor("none", scope.filter, reading))}
    where ${within(scope)}`.execute(db);
  return rows.map((r) => r.day).sort();
}
