import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { duration } from "../format/duration.ts";
import { decimal, goal } from "../format/numbers.ts";

/** A limit of the clinic's that a figure breaks, as a sentence; null while it holds or nothing is measured. */
export type Broken = { text: string; by: number } | null;

/** The goal in short, as supervisors say it: 80 / 20. */
export const goalName = (rule: ServiceLevelRule): string =>
  `${goal(rule.goal).replace(/\u00A0%$/, "")}\u00A0/\u00A0${rule.seconds}`;

/** `by` is how far past the limit, as a share of it: what makes one broken limit worse than another. */
export function serviceLevelBroken(value: number | null, rule: ServiceLevelRule): Broken {
  if (value === null || value >= rule.goal) return null;
  const points = decimal((rule.goal - value) * 100);
  // Less than 0.05 of a point would read "0.0 points under".
  const under = points === "0.0" ? "just under" : `${points} points under`;
  return { text: `${under} the ${goalName(rule)} goal`, by: (rule.goal - value) / rule.goal };
}

export function waitBroken(seconds: number | null, rule: ServiceLevelRule): Broken {
  if (seconds === null || seconds <= rule.waitLimitSeconds) return null;
  const by = (seconds - rule.waitLimitSeconds) / rule.waitLimitSeconds;
  return { text: `over the ${duration(rule.waitLimitSeconds)} limit`, by };
}
