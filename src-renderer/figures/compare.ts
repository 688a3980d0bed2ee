import type { MetricId } from "#shared/metrics/metric-values.ts";
import { duration } from "../format/duration.ts";
import { count, decimal } from "../format/numbers.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";

/** `up` and `down` say where the figure stands to the usual one, the tone whether that is welcome. */
export type Comparison = {
  direction: "up" | "down" | "same" | "none";
  tone: "good" | "bad" | "plain";
  text: string;
};

/** Differences that nobody would call one: half a point, one percent of a count, half a second. */
const small = { rate: 0.005, count: 0.01, seconds: 0.5, perHour: 0.05 };
/** Fewer usual calls than this are named instead of compared in percent. */
const handful = 20;
/** From here on a difference is worth a colour: a point, a twentieth of a count, a quarter of a time. */
const notable = { rate: 0.01, count: 0.05, seconds: 0.25, perHour: 0.25 };

/**
 * Today's value beside the usual one (the same weekday's average by this time). Rates differ in points, counts in percent, times by
 * naming the usual time. Without a usual value it says so, without a value there is nothing to compare.
 */
export function compare(id: MetricId, value: number | null, usual: number | null, weekday: string): Comparison {
  if (value === null) return { direction: "none", tone: "plain", text: "nothing to measure yet" };
  if (usual === null) return { direction: "none", tone: "plain", text: "no usual figure by now" };
  const { unit, better } = catalogue[id];
  const relative = unit === "count" ? (value - usual) / Math.max(usual, 1) : value - usual;
  const direction = Math.abs(relative) < small[unit] ? "same" : value > usual ? "up" : "down";
  const share = unit === "rate" ? value - usual : (value - usual) / Math.max(usual, 1);
  const judged = better !== "neither" && Math.abs(share) >= notable[unit] - 1e-9;
  const welcome = judged ? (direction === "up") === (better === "more") : null;
  const tone = welcome === null ? "plain" : welcome ? "good" : "bad";
  return { direction, tone, text: say(unit, value, usual, direction, weekday) };
}

function say(
  unit: keyof typeof small,
  value: number,
  usual: number,
  direction: "up" | "down" | "same",
  weekday: string,
): string {
  if (unit === "seconds") return direction === "same" ? "as usual" : `usual ${duration(usual)}`;
  if (direction === "same") return `as on a usual ${weekday}`;
  const side = direction === "up" ? "above" : "below";
  if (unit === "rate") return `${decimal(Math.abs(value - usual) * 100)} points ${side} usual`;
  if (unit === "perHour") return `usual ${decimal(usual)}`;
  // A percentage of a handful of calls frightens without telling anything.
  if (usual < handful) return `usual ${count(usual)} by now`;
  const share = Math.round((Math.abs(value - usual) / usual) * 100);
  return `${direction === "up" ? "+" : "−"}${share}\u00A0% on a usual ${weekday} by now`;
}
