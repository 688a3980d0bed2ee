import { expect, test } from "vitest";
import { periodDays, periodOf } from "./period.ts";

const today = "2026-03-01";

test("the last seven days are today and the six before", () => {
  expect(periodDays("7", today)).toEqual({ startDate: "2026-02-23", endDate: today });
  expect(periodDays("yesterday", today)).toEqual({ startDate: "2026-02-28", endDate: "2026-02-28" });
  expect(periodDays("any", today)).toEqual({});
});

test("a period is known again by its days", () => {
  for (const period of ["today", "yesterday", "7", "30", "90"]) {
    expect(periodOf(periodDays(period, today), today)).toBe(period);
  }
  expect(periodOf({}, today)).toBe("any");
  expect(periodOf({ startDate: "2026-01-05" }, today)).toBe("own");
});
