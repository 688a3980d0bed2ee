import { expect, test } from "vitest";
import { stepLabel } from "./step-label.ts";

test("steps are named for people", () => {
  expect(stepLabel("day", "2026-11-20")).toBe("20 Nov");
  expect(stepLabel("week", "2026-W07")).toBe("week 7");
  expect(stepLabel("month", "2026-11")).toBe("Nov 2026");
});
