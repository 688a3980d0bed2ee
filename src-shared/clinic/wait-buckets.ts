import { must } from "../kit/must.ts";

const steps = (from: number, to: number, by: number) =>
  Array.from({ length: (to - from) / by + 1 }, (_, i) => from + i * by);

/** Lower bounds in seconds of the second and every later bucket, as wait_bounds() of the rollups has them. */
export const waitBounds = [
  ...steps(1, 20, 1),
  ...steps(22, 40, 2),
  ...steps(44, 60, 4),
  ...steps(70, 120, 10),
  ...steps(150, 300, 30),
  ...steps(360, 600, 60),
  900,
  1800,
];

/** Columns of the rollups that hold the buckets: `wait_00` and on. */
export const waitColumns = ["wait_00", ...waitBounds.map((_, i) => `wait_${String(i + 1).padStart(2, "0")}`)];

/**
 * The percentile of waits that are known by bucket alone: the place percentile_cont would look at, with the calls of a
 * bucket spread evenly over it. Exact below 20 s, where a bucket is one second wide.
 *
 * @param counts calls in each bucket
 * @param share 0 to 1
 * @returns seconds, or null without calls
 */
export function percentileOfBuckets(counts: number[], share: number): number | null {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total <= 0) return null;
  const place = share * (total - 1);
  const below = Math.floor(place);
  const low = waitAt(counts, below);
  const high = below + 1 < total ? waitAt(counts, below + 1) : low;
  return low + (high - low) * (place - below);
}

/** The wait of the call at `index` (0 is the shortest). */
function waitAt(counts: number[], index: number): number {
  let before = 0;
  for (const [bucket, count] of counts.entries()) {
    if (index < before + count) {
      const from = bucket === 0 ? 0 : must(waitBounds[bucket - 1], "the bucket's bound");
      // The last bucket has no end: it is taken to be as wide as it begins late.
      const to = waitBounds[bucket] ?? from * 2;
      // The whole seconds from..to-1 stand for the span from half a second before the first to half a second after the last.
      return to - from === 1 ? from : from - 0.5 + ((index - before + 0.5) / count) * (to - from);
    }
    before += count;
  }
  throw new Error("broken promise: the index lies below the number of calls");
}
