import { z } from "zod";

const count = z.int().nonnegative();
const seconds = z.number().nonnegative().nullable();
const rate = z.number().min(0).max(1).nullable();

/**
 * The figures of one group of calls. Counts are whole calls, rates fractions 0 to 1, times seconds.
 * Null is "no data" (nothing to divide by), never 0. What each one means stands in `catalogue.ts`.
 */
export const metricValues = z.object({
  offered: count,
  answered: count,
  abandoned: count,
  shortAbandoned: count,
  voicemail: count,
  missed: count,
  outbound: count,
  internal: count,
  answerRate: rate,
  abandonRate: rate,
  serviceLevel: rate,
  averageSpeedOfAnswer: seconds,
  averageHandleTime: seconds,
  averageTalkTime: seconds,
  callsPerHour: z.number().nonnegative().nullable(),
  waitP50: seconds,
  waitP90: seconds,
});
export type MetricValues = z.infer<typeof metricValues>;
export type MetricId = keyof MetricValues;
