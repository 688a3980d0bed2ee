import type { MetricValues } from "./metric-values.ts";
import { divide, type Ratio } from "./ratio.ts";
import type { Sums } from "./sums.ts";

/** What one group of calls adds up to. */
export type GroupSums = {
  sums: Sums;
  /** Each clinic's own variant, both sides added up over the clinics. */
  serviceLevel: Ratio;
  /** Local hours of a clinic in which the group answered a call; null where the grouping has no hours of its own. */
  hours: number | null;
  waitP50: number | null;
  waitP90: number | null;
};

/** The one place where a figure is computed from sums. Counts are calls, rates 0 to 1, times seconds; null is "no data". */
export function computeMetrics({ sums, serviceLevel, hours, waitP50, waitP90 }: GroupSums): MetricValues {
  return {
    offered: sums.offered,
    answered: sums.answered,
    abandoned: sums.abandoned,
    shortAbandoned: sums.short_abandoned,
    voicemail: sums.voicemail,
    missed: sums.missed,
    outbound: sums.outbound,
    internal: sums.internal,
    answerRate: divide(sums.answered, sums.offered),
    abandonRate: divide(sums.abandoned, sums.offered),
    serviceLevel: divide(serviceLevel.numerator, serviceLevel.denominator),
    averageSpeedOfAnswer: divide(sums.wait_sum, sums.answered),
    averageHandleTime: divide(sums.talk_sum + sums.hold_sum + sums.acw_sum, sums.answered),
    averageTalkTime: divide(sums.talk_sum, sums.answered),
    callsPerHour: hours === null ? null : divide(sums.answered, hours),
    waitP50,
    waitP90,
  };
}
