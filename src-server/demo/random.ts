import { createHash } from "node:crypto";

/** A stream of chance that the same words always start alike. Times and sizes keep the unit of what is passed in. */
export type Random = {
  /** 0 up to, not including, 1. */
  unit: () => number;
  /** A whole number, both ends included. */
  whole: (from: number, to: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(from: readonly T[]) => T;
  /** One of `from`, each as likely as its weight. */
  weighted: <T>(from: readonly T[], weight: (item: T) => number) => T;
  normal: () => number;
  /** Log-normal by its median; `spread` is the standard deviation of the logarithm. */
  logNormal: (median: number, spread: number) => number;
  exponential: (mean: number) => number;
  poisson: (mean: number) => number;
};

/** Seeds by a hash of the words, so that neighbouring days and clinics share nothing. */
export function randomOf(...words: (string | number)[]): Random {
  const digest = createHash("sha256").update(words.join("\u0000")).digest();
  return streamOf(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12));
}

/** sfc32 (Chris Doty-Humphrey's small fast counter): 128 bits of state, the same on every machine. */
function streamOf(a: number, b: number, c: number, d: number): Random {
  const unit = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) unit();
  const whole = (from: number, to: number) => from + Math.floor(unit() * (to - from + 1));
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[whole(0, from.length - 1)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    whole,
    chance: (probability) => unit() < probability,
    pick,
    weighted: (from, weight) => {
      let left = unit() * from.reduce((sum, item) => sum + weight(item), 0);
      for (const item of from) {
        left -= weight(item);
        if (left < 0) return item;
      }
      return pick(from);
    },
    normal,
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    exponential: (mean) => -mean * Math.log(1 - unit()),
    poisson: (mean) => {
      // By its normal approximation where the product of uniforms would run out of digits.
      if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = unit(); product > limit; product *= unit()) count++;
      return count;
    },
  };
}
