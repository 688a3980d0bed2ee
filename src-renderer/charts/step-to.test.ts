import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stepTo } from "./step-to.ts";

test("arrows move along a series and stop at its ends", () => {
  expect(stepTo("ArrowRight", -1, 5)).toBe(0);
  expect(stepTo("ArrowRight", 0, 5)).toBe(1);
  expect(stepTo("ArrowRight", 4, 5)).toBe(4);
  expect(stepTo("ArrowLeft", 0, 5)).toBe(0);
  expect(stepTo("End", -1, 5)).toBe(4);
  expect(stepTo("Tab", 2, 5)).toBeNull();
});

test("in a grid, up and down move by rows and stay within it", () => {
  expect(stepTo("ArrowDown", 3, 168, 24)).toBe(27);
  expect(stepTo("ArrowUp", 3, 168, 24)).toBe(3);
});

test("no key ever leaves the points", () => {
  const key = fc.constantFrom("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End");
  fc.assert(
    fc.property(key, fc.nat(200), fc.integer({ min: 1, max: 30 }), fc.nat(300), (key, points, columns, at) => {
      const next = stepTo(key, Math.min(at, points - 1), points, columns);
      expect(points === 0 ? next === null : next !== null && next >= 0 && next < points).toBe(true);
    }),
  );
});
