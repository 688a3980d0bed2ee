import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";
import { computeMetrics } from "./compute-metrics.ts";
import { metricValues } from "./metric-values.ts";
import { noSums } from "./sums.ts";

test("times and rates are ratios of sums", () => {
  const sums = {
    ...noSums(),
    offered: 10,
    answered: 4,
    voicemail: 3,
    abandoned: 2,
    missed: 1,
    wait_sum: 50,
    talk_sum: 800,
    hold_sum: 40,
    acw_sum: 120,
  };
  const values = computeMetrics({
    sums,
    serviceLevel: { numerator: 3, denominator: 10 },
    hours: 2,
    waitP50: 12,
    waitP90: 30,
  });
  expect(values).toMatchObject({
    answerRate: 0.4,
    abandonRate: 0.2,
    serviceLevel: 0.3,
    averageSpeedOfAnswer: 12.5,
    averageHandleTime: 240,
    averageTalkTime: 200,
    callsPerHour: 2,
  });
});

test("no calls: counts are 0, and everything that would divide by them is no data", () => {
  const values = metricValues.parse(
    computeMetrics({
      sums: noSums(),
      serviceLevel: { numerator: 0, denominator: 0 },
      hours: 0,
      waitP50: null,
      waitP90: null,
    }),
  );
  const expected = Object.values(catalogue).map(({ id, unit }) => [id, unit === "count" ? 0 : null]);
  expect(values).toEqual(Object.fromEntries(expected));
});

test("the catalogue names every figure, and formulas carry the clinic's numbers", () => {
  expect(Object.keys(catalogue).sort()).toEqual(Object.keys(metricValues.shape).sort());
  const rule = { variant: "shortAbandonsExcluded", seconds: 30, shortAbandonSeconds: 8 } as const;
  expect(catalogue.serviceLevel.formula(rule)).toBe("answered within 30 s / (offered − abandoned in under 8 s)");
  expect(catalogue.shortAbandoned.formula(rule)).toContain("8 s");
});
