import * as fc from "fast-check";
import { expect, test } from "vitest";
import { dayBegins, dayEnds, dayOf, lastDayBefore } from "./day-instants.ts";

test("a day of 25 and one of 23 hours begin and end where the clinic's clock says", () => {
  const zone = "America/New_York";
  expect([dayBegins("2026-11-01", zone), dayEnds("2026-11-01", zone)]).toEqual([
    "2026-11-01T04:00:00Z",
    "2026-11-02T05:00:00Z",
  ]);
  expect([dayBegins("2026-03-08", zone), dayEnds("2026-03-08", zone)]).toEqual([
    "2026-03-08T05:00:00Z",
    "2026-03-09T04:00:00Z",
  ]);
});

test("a day written as its beginning or end is read back, in any zone", () => {
  const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
  const zone = fc.constantFrom("America/New_York", "Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo", "UTC");
  fc.assert(
    fc.property(day, zone, (date, zone) => {
      const text = date.toISOString().slice(0, 10);
      expect(dayOf(dayBegins(text, zone), zone)).toBe(text);
      expect(lastDayBefore(dayEnds(text, zone), zone)).toBe(text);
    }),
  );
});
