import { expect, test } from "vitest";
import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import type { MetricId } from "#shared/metrics/metric-values.ts";
import type { Overview } from "./overview.ts";
import { todayTiles } from "./today-tiles.ts";

const rule: ServiceLevelRule = {
  variant: "answeredOfOffered",
  seconds: 20,
  goal: 0.8,
  shortAbandonSeconds: 5,
  waitLimitSeconds: 60,
};
const values: Overview["values"] = {
  offered: 214,
  answered: 187,
  abandoned: 15,
  shortAbandoned: 3,
  voicemail: 8,
  missed: 4,
  outbound: 40,
  internal: 11,
  answerRate: 187 / 214,
  abandonRate: 15 / 214,
  serviceLevel: 0.785,
  averageSpeedOfAnswer: 19,
  averageHandleTime: 276,
  averageTalkTime: 238,
  callsPerHour: 22.4,
  waitP50: 14,
  waitP90: 44,
};
const usual: Partial<Record<MetricId, number>> = { offered: 202, answerRate: 0.853, averageSpeedOfAnswer: 17 };
const overview = (change: Partial<Overview["values"]> = {}): Overview => ({
  day: "2026-11-19",
  minute: 981,
  usualDays: 8,
  values: { ...values, ...change },
  tiles: Object.entries(usual).map(([metric, value]) => ({ metric, value: 0, usual: value, spark: [1, 2] })),
  hours: [],
});
const tile = (id: MetricId, from = overview()) => todayTiles(from, rule).find((one) => one.id === id);

test("figures stand with their rate and their comparison", () => {
  expect(tile("answered")).toMatchObject({
    value: "187",
    unit: "87.4\u00A0%",
    note: { mark: "up", tone: "good", text: "2.1 points above usual" },
  });
  expect(tile("averageSpeedOfAnswer")).toMatchObject({ value: "0:19", note: { text: "usual 0:17" } });
  expect(tile("abandoned")?.note.text).toContain("3 under 5 s");
});

test("a broken limit takes the comparison's place, with a mark and a word", () => {
  expect(tile("serviceLevel")?.note).toEqual({
    mark: "broken",
    tone: "warn",
    text: "1.5 points under the 80\u00A0/\u00A020 goal",
  });
  expect(tile("serviceLevel", overview({ serviceLevel: 0.81 }))?.note.tone).toBe("plain");
});

test("no data is said, never shown as 0", () => {
  const empty = overview({ offered: 0, answered: 0, answerRate: null, serviceLevel: null, averageSpeedOfAnswer: null });
  expect(tile("serviceLevel", empty)).toMatchObject({ value: "no data", unit: "" });
  expect(tile("averageSpeedOfAnswer", empty)?.value).toBe("no data");
});

test("each tile leads to the calls behind it", () => {
  expect(tile("abandoned")?.href).toBe(
    "#/calls?direction=inbound&endDate=2026-11-19&startDate=2026-11-19&status=abandoned",
  );
});

test("each tile explains its formula with the clinic's own numbers", () => {
  expect(tile("serviceLevel")?.formula).toContain("20 s");
});
