import type { Kysely } from "kysely";
import type { AnalyticsGroup, AnalyticsQuestion, GroupBy } from "../contract/reports.ts";
import { addDays, daysBetween, month, weekday } from "../kit/calendar.ts";
import { must } from "../kit/must.ts";
import { computeMetrics } from "../metrics/compute-metrics.ts";
import type { MetricValues } from "../metrics/metric-values.ts";
import type { DB } from "../schema/database.ts";
import { checkRange } from "./check-range.ts";
import { Gathering } from "./gathering.ts";
import { byTime } from "./group-key.ts";
import { hoursBy } from "./hours-by.ts";
import { labels } from "./labels.ts";
import { type Reading, type Scope, scopeOf, wholeClinics } from "./scope.ts";
import { sumsBy } from "./sums-by.ts";
import { noWaits, type Waits, waitsBy } from "./waits-by.ts";

export type Analytics = { totals: MetricValues; groups: AnalyticsGroup[] };

/**
 * Call figures in total and by group. Days, weeks and months of the range are all there, also those without calls;
 * other groups only where there is a call. Times ascend; others come by calls offered, most first, then by name.
 * @throws BAD_REQUEST for a range that is none or over five years; NOT_FOUND for a clinic that isn't there
 */
export async function callAnalytics(
  db: Kysely<DB>,
  question: AnalyticsQuestion,
  reading: Reading = wholeClinics,
): Promise<Analytics> {
  checkRange(question);
  const scope = await scopeOf(db, question);
  const { groupBy } = question;
  const total = new Gathering();
  const gathered = new Map<string | null, Gathering>();
  if (groupBy !== "none") for (const key of emptyGroups(groupBy, scope)) gathered.set(key, new Gathering());
  const sums = await sumsBy(db, scope, groupBy, reading, question.percentiles !== false);
  for (const row of sums) {
    const { variant } = must(scope.clinics.get(row.clinic_id), "the clinic of the calls").serviceLevel;
    total.add(row.sums, variant);
    if (groupBy === "none") continue;
    const group = gathered.get(row.key) ?? new Gathering();
    gathered.set(row.key, group.add(row.sums, variant));
  }
  const waits =
    question.percentiles !== false
      ? await waitsBy(db, scope, groupBy, reading, total.sums.calls, () => sums)
      : { total: noWaits, groups: new Map<string | null, Waits>() };
  const hours = groupBy === "none" ? new Map<string | null, number>() : await hoursBy(db, scope, groupBy, reading);
  // Hours, days, weeks and months have no hour in common; queues and agents do.
  const allHours = byTime(groupBy)
    ? [...hours.values()].reduce((sum, n) => sum + n, 0)
    : ((await hoursBy(db, scope, "none", reading)).get("") ?? 0);
  const label = await labels(db, scope, groupBy, reading);
  const groups = [...gathered].map(([key, group]) => ({
    ...label(key),
    ...computeMetrics({
      ...group.parts(),
      hours: groupBy === "callType" ? null : (hours.get(key) ?? 0),
      ...(waits.groups.get(key) ?? noWaits),
    }),
  }));
  return {
    totals: computeMetrics({ ...total.parts(), hours: allHours, ...waits.total }),
    groups: groups.sort(byTime(groupBy) ? byKey : mostOfferedFirst),
  };
}

/** SQL keys of the groups that are shown whether or not there are calls: a gap must be seen. */
function emptyGroups(groupBy: GroupBy, scope: Scope): string[] {
  if (groupBy !== "day" && groupBy !== "week" && groupBy !== "month") return [];
  const days = daysBetween(scope.startDate, scope.endDate);
  if (groupBy === "day") return days;
  if (groupBy === "month") return [...new Set(days.map(month))];
  const first = must(days[0], "the first day");
  return [...new Set([addDays(first, 1 - weekday(first)), ...days.filter((day) => weekday(day) === 1)])];
}

const byKey = (a: AnalyticsGroup, b: AnalyticsGroup) => (a.key < b.key ? -1 : 1);
const mostOfferedFirst = (a: AnalyticsGroup, b: AnalyticsGroup) =>
  b.offered - a.offered || (a.label < b.label ? -1 : a.label > b.label ? 1 : byKey(a, b));
