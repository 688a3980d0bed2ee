/** A rate before it is divided: groups are put together by adding both sides, never by averaging rates. */
export type Ratio = { numerator: number; denominator: number };

export const addRatio = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator + b.numerator,
  denominator: a.denominator + b.denominator,
});

/** Nothing to divide by is "no data" (null), never 0. */
export const divide = (numerator: number, denominator: number): number | null =>
  denominator > 0 ? numerator / denominator : null;
