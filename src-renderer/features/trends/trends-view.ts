import { catalogue } from "#shared/metrics/catalogue.ts";
import type { MetricId } from "#shared/metrics/metric-values.ts";
import { addDays, firstOfMonth } from "../../format/days.ts";

export const spans = ["30", "90", "365"] as const;
export const steps = ["day", "week", "month"] as const;
export const splits = ["none", "location", "queue", "agent"] as const;
export const kinds = ["line", "bar"] as const;

/** What Trends shows, as it stands in the address. */
export type TrendsView = {
  span: (typeof spans)[number];
  step: (typeof steps)[number];
  split: (typeof splits)[number];
  kind: (typeof kinds)[number];
  metric: MetricId;
  heat: MetricId;
};

/** Figures worth a course over weeks, in the order of the picker. */
export const trendMetrics: readonly MetricId[] = [
  "offered",
  "answered",
  "abandoned",
  "voicemail",
  "missed",
  "outbound",
  "serviceLevel",
  "answerRate",
  "abandonRate",
  "averageSpeedOfAnswer",
  "averageHandleTime",
  "averageTalkTime",
  "callsPerHour",
  "waitP50",
  "waitP90",
];
export const heatMetrics = trendMetrics.filter((id) => id !== "callsPerHour");

const oneOf = <T extends string>(choices: readonly T[], text: string | undefined, otherwise: T): T =>
  choices.find((choice) => choice === text) ?? otherwise;

export function readView(params: Record<string, string>): TrendsView {
  return {
    span: oneOf(spans, params["span"], "30"),
    step: oneOf(steps, params["step"], "day"),
    split: oneOf(splits, params["split"], "none"),
    kind: oneOf(kinds, params["kind"], "line"),
    metric: oneOf(trendMetrics, params["metric"], "offered"),
    heat: oneOf(heatMetrics, params["heat"], "offered"),
  };
}

export const writeView = (view: TrendsView): Record<string, string> => ({ ...view });

/** The days of a span up to today, both included; twelve months begin with the first of one. */
export const spanDays = (span: TrendsView["span"], today: string): { startDate: string; endDate: string } =>
  span === "365"
    ? { startDate: firstOfMonth(today, 11), endDate: today }
    : { startDate: addDays(today, 1 - Number(span)), endDate: today };

export const spanWords: Record<TrendsView["span"], string> = {
  "30": "last 30 days",
  "90": "last 90 days",
  "365": "last 12 months",
};
export const metricChoices = (ids: readonly MetricId[]) => ids.map((id) => ({ id, label: catalogue[id].title }));
