import type { MetricId } from "#shared/metrics/metric-values.ts";
import { duration } from "../format/duration.ts";
import { count, decimal, percent } from "../format/numbers.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";

/** A metric's value in its unit: 214, 78.5 %, 4:36. Null is "no data". */
export function writeMetric(id: MetricId, value: number | null | undefined): string {
  const write = { count, rate: percent, seconds: duration, perHour: decimal };
  return write[catalogue[id].unit](value);
}
