import { expect, test } from "vitest";
import { daysWords, keepsFrom, readDays } from "./retention-words.ts";

test("days are said in years where they are whole ones", () => {
  expect(daysWords(2555)).toBe("2,555 days, 7 years");
  expect(daysWords(2557)).toBe("2,557 days, 7 years");
  expect(daysWords(365)).toBe("365 days, 1 year");
  expect(daysWords(400)).toBe("400 days");
  expect(daysWords(90)).toBe("90 days");
});

test("fewer days keep from a later day", () => {
  const rule = { days: 2555, keepsFrom: "2019-11-23" };
  expect(keepsFrom(rule, 2555)).toBe("2019-11-23");
  expect(keepsFrom(rule, 365)).toBe("2025-11-21");
  expect(keepsFrom(rule, 3000)).toBe("2018-09-04");
});

test("days are read as people write them, within the limits", () => {
  expect(readDays("2,555")).toEqual({ days: 2555 });
  expect(readDays(" 365 ")).toEqual({ days: 365 });
  for (const text of ["", "29", "36501", "a year", "-40"]) expect(readDays(text)).toHaveProperty("problem");
});
