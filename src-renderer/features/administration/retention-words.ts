import type { RetentionSubject } from "#shared/contract/administration.ts";
import { addDays } from "../../format/days.ts";
import { count } from "../../format/numbers.ts";

export const subjectWords: Record<RetentionSubject, { title: string; note: string; rows: string }> = {
  calls: { title: "Calls", note: "with the figures they add up to, and links to recordings", rows: "calls" },
  rawRecords: { title: "Records as received", note: "the phone systems’ own lines, behind each call", rows: "records" },
};

const year = 365;

/** "2,555 days, 7 years": days are what counts, years are what people say; parts of years are left to the days. */
export function daysWords(days: number): string {
  const years = Math.round(days / year);
  const whole = years > 0 && Math.abs(days - years * 365.25) <= years;
  return `${count(days)} days${whole ? `, ${years} ${years === 1 ? "year" : "years"}` : ""}`;
}

/** The first day that would be kept by that many days, given the rule of now. Calendar days only, so no zone is asked. */
export const keepsFrom = (rule: { days: number; keepsFrom: string }, days: number): string =>
  addDays(rule.keepsFrom, rule.days - days);

/** Days as they are typed. */
export function readDays(text: string): { days: number } | { problem: string } {
  const days = Number(text.replaceAll(/[\s,.]/g, ""));
  if (text.trim() === "" || !Number.isInteger(days) || days < 30 || days > 36_500) {
    return { problem: "Write whole days from 30 to 36,500." };
  }
  return { days };
}
