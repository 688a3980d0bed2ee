import { Temporal } from "temporal-polyfill";

/** Where an instant falls on a clinic's wall: its day, hour 0 to 23, and minutes since midnight. */
export type LocalMoment = { day: string; hour: number; minute: number };

/** On the day the clocks go back an hour comes twice: both carry the same number. */
export function localMoment(instant: Temporal.Instant, zone: string): LocalMoment {
  const at = instant.toZonedDateTimeISO(zone);
  return { day: at.toPlainDate().toString(), hour: at.hour, minute: at.hour * 60 + at.minute };
}
