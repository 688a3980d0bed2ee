import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { keptFrom, lastDue, nextDue } from "./kept-from.ts";

const at = (text: string) => Temporal.Instant.from(text);
const zones = [
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Africa/Cairo",
  "America/Asuncion",
  "UTC",
];
const moment = fc.tuple(
  fc.constantFrom(...zones),
  fc
    .integer({ min: Date.parse("2020-01-01"), max: Date.parse("2030-01-01") })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms)),
);

test("what is kept begins with a day of the clinic's own calendar", () => {
  // Half past eleven in New York is the next day already in UTC.
  expect(keptFrom(30, "America/New_York", at("2026-11-21T04:30:00Z"))).toEqual({
    day: "2026-10-21",
    instant: "2026-10-21T04:00:00Z",
  });
  expect(keptFrom(2555, "Europe/Berlin", at("2026-11-21T10:00:00Z"))).toEqual({
    day: "2019-11-23",
    instant: "2019-11-22T23:00:00Z",
  });
});

test("a run is due at three by the clinic's clock, also on the days on which clocks are changed", () => {
  const due = (text: string, zone = "America/New_York") => lastDue(zone, at(text)).toString();
  expect(due("2026-11-21T07:59:59Z")).toBe("2026-11-20T08:00:00Z");
  expect(due("2026-11-21T08:00:00Z")).toBe("2026-11-21T08:00:00Z");
  // Spring: the night has 23 hours, three o'clock follows two at once; autumn: it has 25.
  expect(due("2026-03-08T07:00:00Z")).toBe("2026-03-08T07:00:00Z");
  expect(due("2026-11-01T08:30:00Z")).toBe("2026-11-01T08:00:00Z");
  expect(due("2026-11-01T07:30:00Z")).toBe("2026-10-31T07:00:00Z");
});

test("at any moment in any zone the last run due is not ahead, the next one is, and a day lies between them", () => {
  fc.assert(
    fc.property(moment, ([zone, now]) => {
      const [last, next] = [lastDue(zone, now), nextDue(zone, now)];
      expect(Temporal.Instant.compare(last, now)).toBeLessThanOrEqual(0);
      expect(Temporal.Instant.compare(next, now)).toBe(1);
      const hours = last.until(next).total({ unit: "hours" });
      expect(hours).toBeGreaterThanOrEqual(23);
      expect(hours).toBeLessThanOrEqual(25);
      expect(lastDue(zone, next).equals(next)).toBe(true);
    }),
  );
});
