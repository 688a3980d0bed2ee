import { expect, test } from "vitest";
import { addDays, daysApart, daysBetween, isoWeek, weekday } from "./calendar.ts";

test("weeks around New Year belong to the year of their Thursday", () => {
  expect(isoWeek("2026-11-20")).toBe("2026-W47");
  expect(isoWeek("2027-01-01")).toBe("2026-W53");
  expect(isoWeek("2024-12-30")).toBe("2025-W01");
});

test("days go on over months and leap days", () => {
  expect(daysBetween("2028-02-28", "2028-03-01")).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  expect(daysBetween("2028-03-01", "2028-02-28")).toEqual([]);
  expect(daysApart("2028-02-28", "2028-03-01")).toBe(2);
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(weekday("2026-11-22")).toBe(7);
});
