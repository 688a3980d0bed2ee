import { addDays } from "../../format/days.ts";
import type { CallsFilters } from "../../state/calls-filters.ts";

type Days = Pick<CallsFilters, "startDate" | "endDate">;

/** The days of a named period, both ends included; none for "any". */
export function periodDays(period: string, today: string): Days {
  if (period === "today") return { startDate: today, endDate: today };
  if (period === "yesterday") return { startDate: addDays(today, -1), endDate: addDays(today, -1) };
  const days = Number(period);
  return Number.isInteger(days) && days > 0 ? { startDate: addDays(today, 1 - days), endDate: today } : {};
}

/** The name of a period; "own" for days that have none. */
export function periodOf({ startDate, endDate }: Days, today: string): string {
  if (startDate === undefined && endDate === undefined) return "any";
  const named = ["today", "yesterday", "7", "30", "90"].find((period) => {
    const days = periodDays(period, today);
    return days.startDate === startDate && days.endDate === endDate;
  });
  return named ?? "own";
}
