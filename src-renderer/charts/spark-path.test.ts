import { expect, test } from "vitest";
import { sparkPath } from "./spark-path.ts";

test("the lowest value lies at the bottom, the highest at the top, the last is the end", () => {
  expect(sparkPath([0, 10], 74, 24, 3)).toEqual({ path: "M3,21L71,3", end: { x: 71, y: 3 } });
});

test("no value is a gap, never a fall to 0", () => {
  expect(sparkPath([1, null, 2, 3], 74, 24, 3).path).toMatch(/^M3,21M[\d.]+,12L71,3$/);
  expect(sparkPath([1, 2, null], 74, 24, 3).end).toBeNull();
});

test("equal values are a level line, and one value is no line", () => {
  expect(sparkPath([5, 5], 74, 24, 3).path).toBe("M3,12L71,12");
  expect(sparkPath([5], 74, 24, 3).path).toBe("");
  expect(sparkPath([null, null], 74, 24, 3).path).toBe("");
});
