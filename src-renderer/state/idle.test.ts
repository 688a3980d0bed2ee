import * as fc from "fast-check";
import { expect, test } from "vitest";
import { idleOver, reportEvery, secondsToLock, shouldReport } from "./idle.ts";

test("whatever the inputs, the desk hears of somebody at most every 15 s and never counts from later than the last input", () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(pauses, (between) => {
      let now = 0;
      let reportedAt = -reportEvery;
      for (const pause of between) {
        now += pause;
        const reports = shouldReport(now, reportedAt);
        expect(reports && now - reportedAt < reportEvery).toBe(false);
        if (reports) reportedAt = now;
        expect(now - reportedAt).toBeGreaterThanOrEqual(0);
        expect(now - reportedAt).toBeLessThan(reportEvery);
      }
    }),
  );
});

test("the last minute is counted down, and half the time where a clinic locks after one", () => {
  expect(secondsToLock(8 * 60_000, 0, 10)).toBeNull();
  expect(secondsToLock(9 * 60_000 + 15_000, 0, 10)).toBe(45);
  expect(secondsToLock(11 * 60_000, 0, 10)).toBe(0);
  expect(secondsToLock(20_000, 0, 1)).toBeNull();
  expect(secondsToLock(31_000, 0, 1)).toBe(29);
  // An input while the warning stands is always reported, so the warning always goes.
  expect(shouldReport(30_000, 0)).toBe(true);
});

test("the time is over exactly with the last second", () => {
  expect(idleOver(599_999, 0, 10)).toBe(false);
  expect(idleOver(600_000, 0, 10)).toBe(true);
});
