import type { ServiceLevelRule } from "../contract/clinics.ts";
import type { CallStatus } from "../contract/calls.ts";
import type { MetricId } from "./metric-values.ts";

export type Unit = "count" | "rate" | "seconds" | "perHour";

/** The clinic's own numbers for a formula; null where several clinics with different rules are shown together. */
export type FormulaRule = Pick<ServiceLevelRule, "variant" | "seconds" | "shortAbandonSeconds"> | null;

/** One figure, as everybody names and explains it. `computeMetrics` is how it is computed. */
export type Metric = {
  id: MetricId;
  title: string;
  unit: Unit;
  /** Which way is welcome. */
  better: "more" | "less" | "neither";
  /** Digits after the point when it is written: of the percentage for a rate, of seconds for a time. */
  decimals: number;
  numerator: string;
  /** Null for a plain count. */
  denominator: string | null;
  /** In words, with the clinic's numbers filled in. */
  formula: (rule: FormulaRule) => string;
  /** Who states it this way. */
  authority: string;
  /** The filter of the call list that shows the calls behind the figure. */
  drill: { direction?: "inbound" | "outbound" | "internal"; status?: CallStatus };
};
