import { Temporal } from "temporal-polyfill";

/** When a day begins in a zone, as an instant: midnight, or the first moment after the clocks went on. */
export const dayBegins = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant().toString();

/** When a day is over there: the beginning of the next. */
export const dayEnds = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).toInstant().toString();

/** The day on which an instant falls there. */
export const dayOf = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** The last day before an end: an end at midnight belongs to the day before. */
export const lastDayBefore = (end: string, timeZone: string): string =>
  Temporal.Instant.from(end).subtract({ milliseconds: 1 }).toZonedDateTimeISO(timeZone).toPlainDate().toString();
