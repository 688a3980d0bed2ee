import type { Bar } from "../../charts/bars.tsx";
import type { Overview } from "../../figures/overview.ts";

type Hours = Overview["hours"];

/** The hours worth a bar: those of opening, and from the first to the last that has, or usually has, a call. */
export function hoursInView(hours: Hours, opens: number, closes: number): Hours {
  const busy = hours.filter((one) => one.offered > 0 || (one.usual ?? 0) >= 1).map((one) => one.hour);
  const first = Math.min(opens, ...busy);
  const last = Math.max(closes - 1, ...busy);
  return hours.filter((one) => one.hour >= first && one.hour <= last);
}

/** One bar an hour. Hours that have not begun have no bar, which is not the same as a bar of 0. */
export const hourBars = (hours: Hours, minute: number): Bar[] =>
  hours.map((hour) => ({
    label: String(hour.hour),
    whole: hour.hour * 60 > minute ? null : hour.offered,
    part: hour.abandoned,
    usual: hour.usual,
    usualLow: hour.usualLow,
    usualHigh: hour.usualHigh,
  }));

/** Where "now" stands among the bars, in bars from the first; null outside of the hours shown. */
export function nowMark(hours: Hours, minute: number): { at: number; label: string } | null {
  const first = hours[0]?.hour;
  if (first === undefined) return null;
  const at = minute / 60 - first;
  if (at < 0 || at > hours.length) return null;
  const two = (value: number) => String(value).padStart(2, "0");
  return { at, label: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` };
}
