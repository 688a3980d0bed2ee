import type { MetricId } from "#shared/metrics/metric-values.ts";
import type { Overview } from "./overview.ts";

const parts: Partial<Record<MetricId, [MetricId, MetricId]>> = {
  answerRate: ["answered", "offered"],
  abandonRate: ["abandoned", "offered"],
};

/** A usual rate over fewer calls than this says nothing. */
const enough = 20;

/**
 * The usual value of a metric on a day like today; null without one. Where a rate has no tile of its own it is the ratio of its parts'
 * usual counts: both are sums over the same days divided by the number of days, so that is the ratio of the sums.
 */
export function usual(overview: Overview, id: MetricId): number | null {
  const given = overview.tiles.find((tile) => tile.metric === id);
  if (given) return given.usual;
  const [above, below] = parts[id] ?? [];
  if (above === undefined || below === undefined) return null;
  const numerator = usual(overview, above);
  const denominator = usual(overview, below);
  if (numerator === null || denominator === null || denominator * overview.usualDays < enough) return null;
  return numerator / denominator;
}
