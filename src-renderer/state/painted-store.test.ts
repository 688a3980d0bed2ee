import { expect, test } from "vitest";
import { keepPainted, painted, paintFor } from "./painted-store.ts";

test("nothing painted outlives the person or the lock", () => {
  keepPainted("today", 0);
  expect(painted("today")).toBeUndefined();
  paintFor("ada");
  keepPainted("today", 1);
  paintFor("ada");
  expect(painted("today")?.value).toBe(1);
  paintFor(null);
  expect(painted("today")).toBeUndefined();
  paintFor("ada");
  expect(painted("today")).toBeUndefined();
});
