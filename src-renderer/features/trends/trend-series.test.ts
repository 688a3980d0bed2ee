import { expect, test } from "vitest";
import type { AnalyticsGroup } from "#shared/contract/reports.ts";
import type { TrendAnswer } from "./ask-trend.ts";
import { trendSeries } from "./trend-series.ts";

const group = (key: string, offered: number, serviceLevel: number | null = null) =>
  ({ key, label: key, offered, serviceLevel }) as AnalyticsGroup;
const whole = [group("2026-11-18", 9), group("2026-11-19", 7)];
const answer = (courses: TrendAnswer["courses"]): TrendAnswer => ({
  totals: {} as TrendAnswer["totals"],
  whole,
  groups: [],
  courses,
});

test("without a split there is one course, the whole", () => {
  expect(trendSeries(answer([]), "offered")).toEqual({
    keys: ["2026-11-18", "2026-11-19"],
    series: [{ id: "all", name: "All calls", values: [9, 7] }],
  });
});

test("a course without a step has no data there, not 0", () => {
  const courses = [{ id: "q1", name: "Recall", steps: [group("2026-11-19", 3, 0)] }];
  expect(trendSeries(answer(courses), "offered").series[0]?.values).toEqual([null, 3]);
  expect(trendSeries(answer(courses), "serviceLevel").series[0]?.values).toEqual([null, 0]);
});
