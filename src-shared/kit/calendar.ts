import { Temporal } from "temporal-polyfill";

// Calendar days as text, `2026-11-20`: no zone and no clock in them.

export const addDays = (day: string, count: number): string =>
  Temporal.PlainDate.from(day).add({ days: count }).toString();

/** Monday is 1, Sunday 7. */
export const weekday = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek;

/** ISO week, `2026-W47`; the days around New Year may belong to a week of the other year. */
export function isoWeek(day: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day);
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, "0")}`;
}

export const month = (day: string): string => day.slice(0, 7);

/** Every day from the first to the last, both included; none when the last lies before the first. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  const end = Temporal.PlainDate.from(last);
  for (let day = Temporal.PlainDate.from(first); Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 }))
    days.push(day.toString());
  return days;
}

/** Days from `first` to `last`, 0 when they are the same. */
export const daysApart = (first: string, last: string): number =>
  Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(last), { largestUnit: "days" }).days;
