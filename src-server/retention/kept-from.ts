import { Temporal } from "temporal-polyfill";

/** The first day of the clinic's calendar that is kept, and the instant at which it begins there. */
export function keptFrom(days: number, zone: string, now: Temporal.Instant): { day: string; instant: string } {
  const day = now.toZonedDateTimeISO(zone).toPlainDate().subtract({ days });
  return { day: day.toString(), instant: day.toZonedDateTime(zone).toInstant().toString() };
}

/** The last time that it was three o'clock at night in the clinic: when a run was due. */
export function lastDue(zone: string, now: Temporal.Instant): Temporal.Instant {
  const here = now.toZonedDateTimeISO(zone);
  const due = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone: zone, plainTime: runsAt }).toInstant();
  const today = due(here.toPlainDate());
  return Temporal.Instant.compare(today, now) <= 0 ? today : due(here.toPlainDate().subtract({ days: 1 }));
}

/** The next time, for whoever waits for it. */
export function nextDue(zone: string, now: Temporal.Instant): Temporal.Instant {
  const day = lastDue(zone, now).toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: runsAt }).toInstant();
}

/** Where the clocks jump over it, the moment after the jump. */
const runsAt = Temporal.PlainTime.from("03:00");
