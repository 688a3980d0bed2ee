import * as fc from "fast-check";
import { expect, test } from "vitest";
import { randomOf } from "./random.ts";

const draw = (...words: (string | number)[]) => {
  const random = randomOf(...words);
  return Array.from({ length: 20 }, () => random.unit());
};

test("the same words give the same stream, other words another", () => {
  expect(draw(1, "north", "2026-11-20")).toEqual(draw(1, "north", "2026-11-20"));
  expect(draw(1, "north", "2026-11-20")).not.toEqual(draw(2, "north", "2026-11-20"));
  // The words are kept apart: "a","bc" is not "ab","c".
  expect(draw("a", "bc")).not.toEqual(draw("ab", "c"));
});

test("whole numbers stay within their ends, both included", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(20), (seed, from, span) => {
      const random = randomOf(seed);
      const drawn = Array.from({ length: 50 }, () => random.whole(from, from + span));
      return drawn.every((value) => Number.isInteger(value) && value >= from && value <= from + span);
    }),
  );
  const random = randomOf("die");
  expect(new Set(Array.from({ length: 200 }, () => random.whole(1, 6))).size).toBe(6);
});

test("distributions have the means they are asked for", () => {
  const random = randomOf("means");
  const mean = (next: () => number) => Array.from({ length: 20_000 }, next).reduce((a, b) => a + b) / 20_000;
  expect(mean(() => random.poisson(3))).toBeCloseTo(3, 1);
  expect(mean(() => random.poisson(200)) / 200).toBeCloseTo(1, 2);
  expect(mean(() => random.exponential(10)) / 10).toBeCloseTo(1, 1);
  expect(mean(() => Math.log(random.logNormal(100, 0.5)))).toBeCloseTo(Math.log(100), 1);
  expect(mean(() => (random.weighted(["a", "b"], (x) => (x === "a" ? 3 : 1)) === "a" ? 1 : 0))).toBeCloseTo(0.75, 1);
});
