import { expect, test } from "vitest";
import { daysToFill } from "./days-to-fill.ts";

test("an empty clinic wants every day, today last", () => {
  expect(daysToFill("2026-03-02", 3, new Set())).toEqual(["2026-02-28", "2026-03-01", "2026-03-02"]);
});

test("a later start wants the days since, and again the two that may have been cut short", () => {
  const held = new Set(["2026-11-14", "2026-11-15", "2026-11-16"]);
  expect(daysToFill("2026-11-18", 5, held)).toEqual(["2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18"]);
});

test("more days than last time are filled in before those held", () => {
  const held = new Set(["2026-11-16", "2026-11-17", "2026-11-18"]);
  expect(daysToFill("2026-11-18", 5, held)).toEqual(["2026-11-14", "2026-11-15", "2026-11-17", "2026-11-18"]);
});

test("a gap is filled in", () => {
  const held = new Set(["2026-11-14", "2026-11-16", "2026-11-17", "2026-11-18"]);
  expect(daysToFill("2026-11-18", 5, held)).toContain("2026-11-15");
});

test("no days, no calls", () => {
  expect(daysToFill("2026-11-18", 0, new Set(["2026-11-17"]))).toEqual([]);
});
