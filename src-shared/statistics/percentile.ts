import { must } from "../kit/must.ts";

/**
 * The value that a share of the values does not exceed, interpolated between neighbours as PostgreSQL's
 * percentile_cont does; null without values.
 */
export function percentile(values: number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = must(sorted[Math.floor(place)], "the value below");
  const high = must(sorted[Math.ceil(place)], "the value above");
  return low + (high - low) * (place - Math.floor(place));
}
