import type { AnalyticsGroup } from "#shared/contract/reports.ts";
import type { MetricId, MetricValues } from "#shared/metrics/metric-values.ts";
import type { DeskClient } from "../../client/desk-client.ts";
import type { TrendsView } from "./trends-view.ts";

export type TrendQuestion = { clinicId: string; locationId?: string; startDate: string; endDate: string };
export type TrendAnswer = {
  totals: MetricValues;
  /** The whole by step. */
  whole: AnalyticsGroup[];
  /** All groups of the split over the whole span, most offered first; empty without a split. */
  groups: AnalyticsGroup[];
  /** The courses of the largest groups. */
  courses: { id: string; name: string; steps: AnalyticsGroup[] }[];
};

/** More lines than this nobody can tell apart; the table beside the chart holds the others. */
const drawn = 6;

/** Only these two come from the distribution of the waits. */
export const needsPercentiles = (metric: MetricId): boolean => metric === "waitP50" || metric === "waitP90";

/** Everything Trends draws: one question for the whole, one for the groups, one for each course. */
export async function askTrend(
  client: DeskClient,
  question: TrendQuestion,
  { step, split, metric }: Pick<TrendsView, "step" | "split" | "metric">,
  signal: AbortSignal,
): Promise<TrendAnswer> {
  const ask = (change: object) =>
    client.reports.callAnalytics({ ...question, ...change, percentiles: needsPercentiles(metric) }, { signal });
  const whole = await ask({ groupBy: step });
  if (split === "none") return { totals: whole.totals, whole: whole.groups, groups: [], courses: [] };
  const bySplit = await ask({ groupBy: split });
  // Unassigned last: by agent it holds every call that nobody answered, and would hide a person's line.
  const weight = (group: AnalyticsGroup) => (group.key === "unassigned" ? -1 : group.offered + group.outbound);
  const groups = [...bySplit.groups].sort((a, b) => weight(b) - weight(a));
  const filter = { location: "locationId", queue: "queueId", agent: "agentId" }[split];
  const courses = await Promise.all(
    groups.slice(0, drawn).map(async ({ key, label }) => {
      const course = await ask({ groupBy: step, [filter]: key });
      return { id: key, name: label, steps: course.groups };
    }),
  );
  return { totals: whole.totals, whole: whole.groups, groups, courses };
}
