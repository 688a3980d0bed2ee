import { array, assert, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { defaultTerms } from "#shared/contract/session.ts";
import { leaseEnds, leaseFrom, leaseLater, leaseState } from "./lease.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-20T08:00:00Z");

test("locks after the clinic's hours and erases after its days", () => {
  const at = (hours: number) => leaseState(leaseLater(leaseFrom(start), start + hours * hour, 0), defaultTerms);
  expect([71, 72, 14 * 24 - 1, 14 * 24].map(at)).toEqual(["holds", "locked", "locked", "over"]);
  expect(leaseEnds(leaseFrom(start), { ...defaultTerms, lockAfterHours: 1 }).lockAt).toBe(start + hour);
});

test("a clock that is set back lengthens nothing that the program saw pass", () => {
  const dayOne = leaseLater(leaseFrom(start), start + 70 * hour, 70 * hour);
  const setBack = leaseLater(dayOne, start, 1000);
  expect(leaseState(setBack, defaultTerms)).toBe("holds");
  expect(leaseState(leaseLater(setBack, start + 2 * hour, 2 * hour), defaultTerms)).toBe("locked");
});

test("whatever clocks do, what was spent never gets less, and at least what passed for sure is counted", () => {
  const step = record({ wall: integer({ min: -1e9, max: 1e9 }), ran: integer({ min: 0, max: 1e8 }) });
  assert(
    property(array(step, { maxLength: 20 }), (steps) => {
      let lease = leaseFrom(start);
      let sure = 0;
      let clock = start;
      for (const { wall, ran } of steps) {
        const before = lease.spent;
        clock += wall;
        lease = leaseLater(lease, clock, ran);
        sure += ran;
        expect(lease.spent).toBeGreaterThanOrEqual(before);
      }
      expect(lease.spent).toBeGreaterThanOrEqual(sure);
    }),
  );
});
