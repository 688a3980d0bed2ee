import type { Result } from "./bench.ts";

/** The value below which `share` of the samples lie; linear between neighbours. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error("no samples");
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? NaN;
  const high = sorted[Math.ceil(place)] ?? NaN;
  return low + (high - low) * (place - Math.floor(place));
}

const isRate = (unit: Result["unit"]) => unit === "rows/s" || unit === "records/s";

export const summary = (unit: Result["unit"], samples: readonly number[]) => ({
  median: round(quantile(samples, 0.5)),
  p95: round(quantile(samples, isRate(unit) ? 0.05 : 0.95)),
});

/** A result from its samples, held against its budget. */
export function resultOf(
  from: Pick<Result, "id" | "title" | "unit" | "budget"> & {
    samples: readonly number[];
    peers?: Record<string, readonly number[]>;
  },
): Result {
  const { id, title, unit, budget, samples } = from;
  const figures = summary(unit, samples);
  const keeps = (figure: number, bound: number | undefined) =>
    bound === undefined || (isRate(unit) ? figure >= bound : figure < bound);
  return {
    id,
    title,
    unit,
    ...figures,
    budget,
    ok: keeps(figures.median, budget?.median) && keeps(figures.p95, budget?.p95),
    runs: samples.length,
    peers: Object.fromEntries(
      Object.entries(from.peers ?? {}).flatMap(([name, theirs]) =>
        theirs.length > 0 ? [[name, summary(unit, theirs)]] : [],
      ),
    ),
  };
}

/** A result as the JSON file has it: `budget` is what p95 has to keep, or the median where only that is bounded. */
export const asJson = ({ id, unit, median, p95, budget, ok, peers }: Result) => ({
  id,
  unit,
  median,
  p95,
  budget: budget?.p95 ?? budget?.median ?? null,
  budgets: budget,
  ok,
  peers,
});

const round = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
