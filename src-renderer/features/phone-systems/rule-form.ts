import type { ServiceLevelRule, ServiceLevelVariant } from "#shared/contract/clinics.ts";

/** A rule as it is typed: texts, the goal in percent. */
export type RuleText = {
  variant: ServiceLevelVariant;
  seconds: string;
  goal: string;
  shortAbandonSeconds: string;
  waitLimitSeconds: string;
};

export const ruleText = (rule: ServiceLevelRule): RuleText => ({
  variant: rule.variant,
  seconds: String(rule.seconds),
  goal: String(Math.round(rule.goal * 10_000) / 100),
  shortAbandonSeconds: String(rule.shortAbandonSeconds),
  waitLimitSeconds: String(rule.waitLimitSeconds),
});

type Read = { rule: ServiceLevelRule } | { problems: Record<string, string> };

/** Reads a typed rule, or says at each field what it wants. The server holds it against the same limits. */
export function readRule(text: RuleText): Read {
  const problems: Record<string, string> = {};
  const whole = (name: keyof RuleText, low: number, high: number) => {
    const value = Number(text[name]);
    if (text[name].trim() === "" || !Number.isInteger(value) || value < low || value > high) {
      problems[name] = `Write whole seconds from ${low} to ${high}.`;
    }
    return value;
  };
  const goal = Number(text.goal.replace(",", "."));
  if (text.goal.trim() === "" || !(goal >= 0 && goal <= 100)) problems["goal"] = "Write a percentage from 0 to 100.";
  const rule = {
    variant: text.variant,
    seconds: whole("seconds", 1, 600),
    goal: Math.round(goal * 100) / 10_000,
    shortAbandonSeconds: whole("shortAbandonSeconds", 0, 60),
    waitLimitSeconds: whole("waitLimitSeconds", 1, 3600),
  };
  return Object.keys(problems).length > 0 ? { problems } : { rule };
}
