import { expect, test } from "vitest";
import type { HeatCell } from "#shared/contract/reports.ts";
import { heatGrid } from "./heat-grid.ts";

const cell = (weekday: number, hour: number, offered: number, serviceLevel: number | null = null) =>
  ({ weekday, hour, days: 4, offered, outbound: 0, internal: 0, serviceLevel }) as HeatCell;
const at = (grid: ReturnType<typeof heatGrid>, weekday: number, hour: number) =>
  grid.values[grid.weekdays.indexOf(weekday) * grid.hours.length + grid.hours.indexOf(hour)];

test("counts are shown per day, and an hour without calls is 0 of them", () => {
  const grid = heatGrid([cell(1, 9, 40)], "offered", 8, 11);
  expect(grid.hours).toEqual([8, 9, 10]);
  expect(at(grid, 1, 9)).toBe(10);
  expect(at(grid, 1, 10)).toBe(0);
  // No Tuesday in the range: nothing to say about it.
  expect(at(grid, 2, 9)).toBeNull();
});

test("rates stay as they are, and are no data where there were no calls", () => {
  const grid = heatGrid([cell(1, 9, 40, 0.8)], "serviceLevel", 8, 11);
  expect(at(grid, 1, 9)).toBe(0.8);
  expect(at(grid, 1, 10)).toBeNull();
});

test("an hour outside of the opening hours shows when it had calls", () => {
  expect(heatGrid([cell(3, 21, 2), cell(3, 5, 0)], "offered", 8, 18).hours).toEqual([
    8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
  ]);
});
