import * as fc from "fast-check";
import { expect, test } from "vitest";
import { percentile } from "../statistics/percentile.ts";
import { percentileOfBuckets, waitBounds, waitColumns } from "./wait-buckets.ts";

function buckets(waits: number[]): number[] {
  const counts = waitColumns.map(() => 0);
  for (const wait of waits) {
    const bucket = waitBounds.filter((bound) => bound <= wait).length;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

test("no waits: no percentile", () => expect(percentileOfBuckets(buckets([]), 0.5)).toBeNull());

test("below 20 s buckets lose nothing", () => {
  const waits = fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 1 });
  fc.assert(
    fc.property(waits, fc.double({ min: 0, max: 1, noNaN: true }), (waits, share) => {
      expect(percentileOfBuckets(buckets(waits), share)).toBeCloseTo(percentile(waits, share) ?? -1, 9);
    }),
  );
});

test("whatever the waits, the answer stays within the bucket", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1799 }), { minLength: 1, maxLength: 300 }), (waits) => {
      const sorted = [...waits].sort((a, b) => a - b);
      const exact = sorted[Math.floor((waits.length - 1) / 2)] ?? 0;
      const upper = sorted[Math.ceil((waits.length - 1) / 2)] ?? 0;
      const told = percentileOfBuckets(buckets(waits), 0.5) ?? -1;
      const from = [0, ...waitBounds].findLast((bound) => bound <= exact) ?? 0;
      const to = waitBounds.find((bound) => bound > upper) ?? Infinity;
      expect(told).toBeGreaterThanOrEqual(from - 0.5);
      expect(told).toBeLessThan(to);
    }),
  );
});

test("waits as they are on a telephone come within 2 %", () => {
  for (const mean of [12, 25, 60, 140]) {
    let state = mean;
    const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
    const waits = Array.from({ length: 25_000 }, () => Math.floor(-Math.log(1 - next()) * mean));
    for (const share of [0.5, 0.9]) {
      const exact = percentile(waits, share) ?? 0;
      expect(Math.abs((percentileOfBuckets(buckets(waits), share) ?? 0) - exact) / exact).toBeLessThan(0.02);
    }
  }
});
