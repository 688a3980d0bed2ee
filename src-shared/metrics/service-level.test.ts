import { expect, test } from "vitest";
import type { ServiceLevelVariant } from "../contract/clinics.ts";
import { divide } from "./ratio.ts";
import { serviceLevelParts, serviceLevelVariants } from "./service-level.ts";

/** ICMI, "Service Level Calculations": 1000 answered, 60 abandoned; within 20 s 860 and 20; abandoned within 5 s 10. */
const icmi = {
  offered: 1060,
  answered: 1000,
  abandoned: 60,
  answered_in_target: 860,
  abandoned_in_target: 20,
  short_abandoned: 10,
};

test.each<[ServiceLevelVariant, number]>([
  ["abandonsPositive", 83.02],
  ["answeredOnly", 86.0],
  ["answeredOfOffered", 81.13],
  ["abandonsWithinIgnored", 82.69],
  ["shortAbandonsCredited", 82.08],
  ["shortAbandonsExcluded", 81.9],
])("%s gives ICMI's %d %%", (variant, percent) => {
  const { numerator, denominator } = serviceLevelParts(variant, icmi);
  expect(Math.round((numerator / denominator) * 1e4) / 100).toBe(percent);
});

test("a formula names the clinic's own seconds", () => {
  expect(serviceLevelVariants.answeredOfOffered.formula(30, 5)).toBe("answered within 30 s / offered");
  expect(serviceLevelVariants.shortAbandonsExcluded.formula(20, 8)).toBe(
    "answered within 20 s / (offered − abandoned in under 8 s)",
  );
});

test("without calls there is no service level in any variant", () => {
  const none = Object.fromEntries(Object.keys(icmi).map((key) => [key, 0])) as typeof icmi;
  for (const variant of Object.keys(serviceLevelVariants) as ServiceLevelVariant[]) {
    const { numerator, denominator } = serviceLevelParts(variant, none);
    expect(divide(numerator, denominator)).toBeNull();
  }
});
