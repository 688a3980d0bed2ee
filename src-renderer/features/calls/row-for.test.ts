import { expect, test } from "vitest";
import { rowFor } from "./row-for.ts";

test("arrows, pages and ends move the mark and stop at the list's ends", () => {
  expect(rowFor("ArrowDown", -1, 50, 10)).toBe(0);
  expect(rowFor("ArrowDown", 49, 50, 10)).toBe(49);
  expect(rowFor("ArrowUp", 0, 50, 10)).toBe(0);
  expect(rowFor("PageDown", 45, 50, 10)).toBe(49);
  expect(rowFor("PageUp", 25, 50, 10)).toBe(15);
  expect(rowFor("End", 3, 50, 10)).toBe(49);
  expect(rowFor("a", 3, 50, 10)).toBeNull();
  expect(rowFor("ArrowDown", -1, 0, 10)).toBeNull();
});
