import { intl } from "./intl.ts";

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** An instant as the clinic's clock shows it: 16:21. */
export const time = (instant: string | number | Date, timeZone: string): string =>
  intl.formatTime(instant, { ...clock, timeZone });

/** With seconds: 16:21:04. */
export const timeToTheSecond = (instant: string | number | Date, timeZone: string): string =>
  intl.formatTime(instant, { ...clock, second: "2-digit", timeZone });

/** An instant with its day: Thu 19 Nov, 16:21:04. */
export const moment = (instant: string, timeZone: string): string =>
  `${intl.formatDate(instant, { weekday: "short", day: "numeric", month: "short", timeZone }).replace(",", "")}, ${timeToTheSecond(instant, timeZone)}`;

const noon = (day: string) => `${day}T12:00:00Z`;

/** A calendar day: Thu 19 Nov. A day has no zone, so it is read and written at noon UTC. */
export const dayShort = (day: string): string =>
  intl.formatDate(noon(day), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).replace(",", "");

export const dayLong = (day: string): string =>
  intl.formatDate(noon(day), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** The weekday's name: Thursday. */
export const weekdayOf = (day: string): string => intl.formatDate(noon(day), { weekday: "long", timeZone: "UTC" });

/** 1 is Monday. */
export const weekdayName = (weekday: number, style: "long" | "short" = "long"): string =>
  intl.formatDate(noon(`2024-01-0${weekday}`), { weekday: style, timeZone: "UTC" });

/** The zone as people call it: Eastern Time. */
export function zoneName(timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longGeneric" }).formatToParts(0);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}
