import { expect, test } from "vitest";
import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { goalName, serviceLevelBroken, waitBroken } from "./limits.ts";

const rule: ServiceLevelRule = {
  variant: "answeredOfOffered",
  seconds: 20,
  goal: 0.8,
  shortAbandonSeconds: 5,
  waitLimitSeconds: 60,
};

test("a goal is named as people say it", () => {
  expect(goalName(rule)).toBe("80\u00A0/\u00A020");
});

test("under the goal is broken, on it is not, and no data breaks nothing", () => {
  expect(serviceLevelBroken(0.785, rule)?.text).toBe("1.5 points under the 80\u00A0/\u00A020 goal");
  expect(serviceLevelBroken(0.7999, rule)?.text).toBe("just under the 80\u00A0/\u00A020 goal");
  expect(serviceLevelBroken(0.8, rule)).toBeNull();
  expect(serviceLevelBroken(null, rule)).toBeNull();
});

test("a wait past the limit is broken, on it is not", () => {
  expect(waitBroken(74, rule)?.text).toBe("over the 1:00 limit");
  expect(waitBroken(60, rule)).toBeNull();
  expect(waitBroken(null, rule)).toBeNull();
});
