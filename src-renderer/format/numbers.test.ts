import { expect, test } from "vitest";
import { count, decimal, goal, hundredths, percent } from "./numbers.ts";

test("figures carry one decimal, a thousands mark and a unit on the same line", () => {
  expect(count(12_345)).toBe("12,345");
  expect(percent(0.8738)).toBe("87.4\u00A0%");
  expect(percent(1)).toBe("100.0\u00A0%");
  expect(hundredths(0.785)).toBe("78.5");
  expect(decimal(3)).toBe("3.0");
  expect(goal(0.8)).toBe("80\u00A0%");
  expect(goal(0.825)).toBe("82.5\u00A0%");
});

test("nothing to divide by is no data, never 0", () => {
  for (const write of [count, decimal, percent, hundredths]) expect(write(null)).toBe("no data");
});
