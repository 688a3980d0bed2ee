import { expect, test } from "vitest";
import { age, duration, timeLeft } from "./duration.ts";

test.each([
  [0, "0:00"],
  [7, "0:07"],
  [59.6, "1:00"],
  [276, "4:36"],
  [3599.4, "59:59"],
  [3600, "1:00:00"],
  [3725, "1:02:05"],
  [-0.2, "0:00"],
  [-61, "−1:01"],
  [null, "no data"],
])("%s seconds are written %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [-3, "0 s"],
  [59.4, "59 s"],
  [61, "1 min"],
  [7200, "2 h"],
  [86_400 * 3, "3 days"],
])("%s seconds ago are %s", (seconds, text) => {
  expect(age(seconds)).toBe(text);
});

test.each([
  [0.3, "nearly there"],
  [7.4, "about 7 s left"],
  [42, "about 40 s left"],
  [100, "about 2 min left"],
])("%s seconds more are %s", (seconds, text) => {
  expect(timeLeft(seconds)).toBe(text);
});
