import { addDays, atHour, holiday, weekday } from "./calendar.ts";
import type { DemoClinic } from "./demo-plan.ts";
import type { Random } from "./random.ts";

/** When the clinic is open that day, in local hours; null when it stays closed. Weekends are short. */
export function openingHours(clinic: DemoClinic, day: string): { opens: number; closes: number } | null {
  if (holiday(day)) return null;
  const { opensHour, closesHour } = clinic;
  const on = weekday(day);
  if (on === 6) return { opens: opensHour + 1, closes: Math.min(closesHour, 16) };
  if (on === 7) return { opens: opensHour + 2, closes: Math.min(closesHour, 14) };
  return { opens: opensHour, closes: closesHour };
}

// January is full of new insurance cards; July and October are slow.
const byMonth = [1.15, 1.06, 1.02, 0.96, 1, 0.95, 0.74, 1.02, 1.08, 0.84, 1.03, 0.92];
const byWeekday = [1.32, 1.2, 1.15, 1.12, 1.08, 0.62, 0.38];
// How likely a call is to fall into each local hour, before opening hours cut it: a morning peak and one at lunch,
// when callers have time and half the staff eats.
const byHour = [
  0.02, 0.01, 0.01, 0.01, 0.02, 0.05, 0.2, 0.6, 1.15, 1.35, 1.25, 1.05, 1.3, 1.12, 0.95, 0.95, 0.9, 0.65, 0.4, 0.2,
  0.14, 0.1, 0.06, 0.03,
];

/** How many calls this clinic expects on a day, all directions together. */
export function expectedCalls(clinic: DemoClinic, day: string): number {
  const season = byMonth[Number(day.slice(5, 7)) - 1] ?? 1;
  const ofWeek = byWeekday[weekday(day) - 1] ?? 1;
  if (holiday(day)) return clinic.callsPerDay * 0.12;
  // What was not called on a holiday is called the day after.
  return clinic.callsPerDay * season * ofWeek * (holiday(addDays(day, -1)) ? 1.25 : 1);
}

/** When the calls of a day start, in milliseconds since 1970, in order; `open` says whether anybody is there. */
export function arrivals(random: Random, clinic: DemoClinic, day: string): { at: number; open: boolean }[] {
  const hours = openingHours(clinic, day);
  // A day is busier or calmer than its kind: one factor for the whole of it.
  const count = random.poisson(expectedCalls(clinic, day) * random.logNormal(1, 0.09));
  const monday = weekday(day) === 1;
  const isOpen = (hour: number) => hours !== null && hour >= hours.opens && hour < hours.closes;
  const slots = byHour.map((weight, hour) => ({
    hour,
    // Outside opening hours only a few try; on Monday mornings the weekend calls.
    weight: weight * (isOpen(hour) ? 1 : 0.15) * (monday && hour >= 7 && hour < 11 ? 1.4 : 1),
  }));
  const starts = slots.map((slot) => atHour(day, slot.hour, clinic.timeZone));
  return Array.from({ length: count }, () => {
    const { hour } = random.weighted(slots, (slot) => slot.weight);
    return { at: (starts[hour] ?? 0) + random.whole(0, 3_599_999), open: isOpen(hour) };
  }).sort((a, b) => a.at - b.at);
}
