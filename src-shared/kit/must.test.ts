import { expect, test } from "vitest";
import { must } from "./must.ts";

test("must gives the value back, and names what was missing", () => {
  expect(must(0, "a count")).toBe(0);
  expect(() => must(undefined, "the clinic's zone")).toThrow("the clinic's zone is missing");
});
