import { expect, test } from "vitest";
import { readTerms, termsText } from "./terms-form.ts";

const terms = { idleMinutes: 10, lockAfterHours: 72, eraseAfterDays: 14, secondFactor: false };
const text = termsText(terms);

test("terms are read as they were written", () => {
  expect(readTerms(text)).toEqual({ terms });
});

test("nobody lengthens them, and every field says its limit", () => {
  const problem = (change: Partial<typeof text>) => {
    const read = readTerms({ ...text, ...change });
    return "problems" in read ? read.problems : null;
  };
  expect(problem({ idleMinutes: "11" })?.["idleMinutes"]).toContain("At most 10");
  expect(problem({ idleMinutes: "" })?.["idleMinutes"]).toBeTruthy();
  expect(problem({ idleMinutes: "2.5" })?.["idleMinutes"]).toContain("whole minutes");
  expect(problem({ lockAfterHours: "73" })?.["lockAfterHours"]).toContain("72");
  expect(problem({ lockAfterHours: "72", eraseAfterDays: "2" })?.["eraseAfterDays"]).toContain("before it locks");
});
