import { expect, test } from "vitest";
import { readRule, ruleText } from "./rule-form.ts";

const rule = {
  variant: "answeredOfOffered",
  seconds: 20,
  goal: 0.825,
  shortAbandonSeconds: 5,
  waitLimitSeconds: 60,
} as const;

test("a rule is typed in percent and whole seconds, and read back the same", () => {
  expect(ruleText(rule).goal).toBe("82.5");
  expect(readRule(ruleText(rule))).toEqual({ rule });
  expect(readRule({ ...ruleText(rule), goal: "82,5" })).toEqual({ rule });
});

test("each field says what it wants", () => {
  const read = readRule({
    variant: rule.variant,
    seconds: "0",
    goal: "120",
    shortAbandonSeconds: "",
    waitLimitSeconds: "1.5",
  });
  expect(read).toEqual({
    problems: {
      seconds: "Write whole seconds from 1 to 600.",
      goal: "Write a percentage from 0 to 100.",
      shortAbandonSeconds: "Write whole seconds from 0 to 60.",
      waitLimitSeconds: "Write whole seconds from 1 to 3600.",
    },
  });
});
