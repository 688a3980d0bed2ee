import type { MetricId } from "#shared/metrics/metric-values.ts";
import type { TrendSeries } from "../../charts/trend.tsx";
import type { TrendAnswer } from "./ask-trend.ts";

/** Lays the courses on the steps of the whole; a step that a course doesn't have is no data. */
export function trendSeries(answer: TrendAnswer, metric: MetricId): { keys: string[]; series: TrendSeries[] } {
  const keys = answer.whole.map((group) => group.key);
  const courses =
    answer.courses.length === 0 ? [{ id: "all", name: "All calls", steps: answer.whole }] : answer.courses;
  const series = courses.map(({ id, name, steps }) => {
    const byKey = new Map(steps.map((step) => [step.key, step[metric]]));
    return { id, name, values: keys.map((key) => byKey.get(key) ?? null) };
  });
  return { keys, series };
}
