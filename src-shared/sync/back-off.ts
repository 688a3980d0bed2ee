const first = 500;
const longest = 20_000;

/**
 * Milliseconds to wait before the next try after `tries` that failed in a row. Doubles up to 20 s, and lies anywhere in its
 * upper half, so that desks which lost the server together don't come back together. `random` lies in [0, 1).
 */
export function backOff(tries: number, random: number): number {
  const most = Math.min(longest, first * 2 ** Math.max(0, Math.min(tries, 16) - 1));
  return most / 2 + (most / 2) * random;
}
