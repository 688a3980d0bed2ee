import { expect, test } from "vitest";
import { waitWords } from "./wait-words.ts";

test("a wait is said in whole units, never shorter than it is", () => {
  expect([0, 0.2, 30, 90, 91, 900, 5400, 5401].map(waitWords)).toEqual([
    "0 seconds",
    "1 second",
    "30 seconds",
    "90 seconds",
    "2 minutes",
    "15 minutes",
    "90 minutes",
    "2 hours",
  ]);
});
