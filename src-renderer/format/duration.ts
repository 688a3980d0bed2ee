import { noData } from "./intl.ts";

const two = (value: number) => String(value).padStart(2, "0");

/** Seconds as m:ss, from an hour on as h:mm:ss; rounded to whole seconds. Null is "no data". */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return noData;
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 && whole > 0 ? "−" : "";
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${sign}${minutes}:${two(whole % 60)}`;
  return `${sign}${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** How long ago, for "figures are … old": 4 s, 3 min, 5 h, 2 days. */
export function age(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  if (whole < 2 * 86_400) return `${Math.floor(whole / 3600)} h`;
  return `${Math.floor(whole / 86_400)} days`;
}

/** How much longer, roughly, since nobody knows exactly: "about 40 s left". */
export function timeLeft(seconds: number): string {
  if (seconds < 1) return "nearly there";
  if (seconds < 90) {
    const step = seconds < 10 ? 1 : 5;
    return `about ${Math.round(seconds / step) * step} s left`;
  }
  return `about ${Math.round(seconds / 60)} min left`;
}
