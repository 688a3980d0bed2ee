import { expect, test } from "vitest";
import { addDays, firstOfMonth, isDay, today } from "./days.ts";

test("today is the clinic's day", () => {
  const now = new Date("2026-11-20T03:00:00Z");
  expect(today("America/New_York", now)).toBe("2026-11-19");
  expect(today("Europe/Berlin", now)).toBe("2026-11-20");
});

test("days count on over months, years and the change of the clocks", () => {
  expect(addDays("2026-11-01", 1)).toBe("2026-11-02");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(firstOfMonth("2026-01-31", 1)).toBe("2025-12-01");
});

test("only real days are days", () => {
  expect(isDay("2026-02-28")).toBe(true);
  expect(isDay("2026-02-30")).toBe(false);
  expect(isDay("yesterday")).toBe(false);
});
