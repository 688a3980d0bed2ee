import { expect, test } from "vitest";
import type { Overview } from "./overview.ts";
import { usual } from "./usual.ts";

const overview = (usuals: Record<string, number | null>): Overview =>
  ({
    usualDays: 4,
    tiles: Object.entries(usuals).map(([metric, value]) => ({ metric, value: 0, usual: value, spark: [] })),
  }) as unknown as Overview;

test("a usual rate is the ratio of the usual counts, never an average of rates", () => {
  const counts = overview({ offered: 200, answered: 170, abandoned: 16 });
  expect(usual(counts, "answerRate")).toBe(0.85);
  expect(usual(counts, "abandonRate")).toBe(0.08);
});

test("a rate with a tile of its own is taken as it is", () => {
  expect(usual(overview({ offered: 200, answered: 170, answerRate: 0.9 }), "answerRate")).toBe(0.9);
});

test("without usual counts, or with none offered, there is no usual rate", () => {
  expect(usual(overview({ offered: null, answered: null }), "answerRate")).toBeNull();
  expect(usual(overview({ offered: 0, answered: 0 }), "answerRate")).toBeNull();
  // Four Saturdays with two calls each by this hour.
  expect(usual(overview({ offered: 2, answered: 0 }), "answerRate")).toBeNull();
  expect(usual(overview({}), "waitP90")).toBeNull();
});
