import { Temporal } from "temporal-polyfill";

/** The clinic's calendar day, `2026-11-20`, at an instant. */
export const localDay = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** 1 is Monday, 7 is Sunday. */
export const weekday = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek;

/** Days since 1970: counts on, whatever the zone. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/** The instant of a local hour of that day, in milliseconds since 1970. 24 is the next midnight. */
export const atHour = (day: string, hour: number, timeZone: string): number =>
  hour === 24
    ? atHour(addDays(day, 1), 0, timeZone)
    : Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds;

/** The days on which these clinics stay closed: what most offices in the United States keep. */
export function holiday(day: string): boolean {
  const date = Temporal.PlainDate.from(day);
  const nth = Math.ceil(date.day / 7);
  const lastOfMonth = date.day > date.daysInMonth - 7;
  const { month, dayOfWeek } = date;
  return (
    ["01-01", "06-19", "07-04", "12-25"].includes(day.slice(5)) ||
    (month === 1 && dayOfWeek === 1 && nth === 3) ||
    (month === 5 && dayOfWeek === 1 && lastOfMonth) ||
    (month === 9 && dayOfWeek === 1 && nth === 1) ||
    (month === 11 && dayOfWeek === 4 && nth === 4)
  );
}
