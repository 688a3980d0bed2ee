import { daysApart } from "../kit/calendar.ts";
import { badField } from "./refuse.ts";

/** Five years with their leap days: as much as a report reads at once. */
const longest = 5 * 366;

/** @throws BAD_REQUEST with the field to change */
export function checkRange({ startDate, endDate }: { startDate: string; endDate: string }): void {
  const days = daysApart(startDate, endDate);
  if (days < 0) throw badField("endDate", "The last day lies before the first: swap them.");
  if (days >= longest) throw badField("startDate", "The range is over five years: choose a later first day.");
}
