import { expect, test } from "vitest";
import { readView, spanDays, writeView } from "./trends-view.ts";

test("a view goes into an address and comes back, and nonsense is the usual view", () => {
  const view = {
    span: "90",
    step: "week",
    split: "queue",
    kind: "bar",
    metric: "serviceLevel",
    heat: "waitP90",
  } as const;
  expect(readView(writeView(view))).toEqual(view);
  expect(readView({ metric: "constructor", span: "7" })).toEqual(readView({}));
});

test("spans end today and hold their days", () => {
  expect(spanDays("30", "2026-11-19")).toEqual({ startDate: "2026-10-21", endDate: "2026-11-19" });
  expect(spanDays("365", "2026-11-19")).toEqual({ startDate: "2025-12-01", endDate: "2026-11-19" });
});
