/**
 * What is added up over calls, and from which every figure is computed. Counts of calls, and seconds in the sums;
 * the names and meanings are those of the rollups (resources/schema/004-rollups.sql).
 */
export type Sums = Record<Measure, number>;
export type Measure = (typeof measures)[number];

export const measures = [
  "calls",
  "offered",
  "answered",
  "voicemail",
  "abandoned",
  "missed",
  "short_abandoned",
  "answered_in_target",
  "abandoned_in_target",
  "wait_sum",
  "talk_sum",
  "hold_sum",
  "acw_sum",
  "outbound",
  "outbound_answered",
  "outbound_talk_sum",
  "internal",
] as const;

export const noSums = (): Sums => Object.fromEntries(measures.map((m) => [m, 0])) as Sums;

/** Adds `more` to `to`, in place. */
export function addSums(to: Sums, more: Sums): void {
  for (const measure of measures) to[measure] += more[measure];
}
