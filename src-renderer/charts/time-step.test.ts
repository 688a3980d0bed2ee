import { expect, test } from "vitest";
import { timeStep } from "./time-step.ts";

test("an axis of times has lines at round times, and few of them", () => {
  expect(timeStep(25)).toBe(5);
  expect(timeStep(340)).toBe(60);
  expect(timeStep(1000)).toBe(300);
  expect(timeStep(50_000)).toBe(10_800);
  for (const max of [0.4, 7, 90, 600, 7000, 100_000]) expect(max / timeStep(max)).toBeLessThanOrEqual(6);
});
