import { expect, test } from "vitest";
import { dayLong, dayShort, moment, time, timeToTheSecond, weekdayName, weekdayOf, zoneName } from "./moments.ts";

test("an instant is shown on the clinic's clock, not on this machine's", () => {
  expect(time("2026-11-19T21:21:04Z", "America/New_York")).toBe("16:21");
  expect(timeToTheSecond("2026-11-20T04:59:59Z", "America/New_York")).toBe("23:59:59");
  expect(time("2026-11-20T05:00:00Z", "America/New_York")).toBe("00:00");
  expect(moment("2026-11-20T04:59:59Z", "America/New_York")).toBe("Thu 19 Nov, 23:59:59");
});

test("a calendar day stays itself in every zone", () => {
  expect(dayShort("2026-11-19")).toBe("Thu 19 Nov");
  expect(dayLong("2026-11-19")).toBe("19 November 2026");
  expect(weekdayOf("2026-11-19")).toBe("Thursday");
});

test("weekdays count from Monday, zones have names", () => {
  expect([1, 7].map((day) => weekdayName(day))).toEqual(["Monday", "Sunday"]);
  expect(weekdayName(4, "short")).toBe("Thu");
  expect(zoneName("America/New_York")).toBe("Eastern Time");
});
