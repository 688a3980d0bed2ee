/**
 * How long to wait before try number `tries` (from 0), in milliseconds: doubling from 0.25 s to 8 s, and of that a random part between
 * half and all, so that several windows don't come back in the same instant.
 */
export function backOff(tries: number, random: () => number = Math.random): number {
  const whole = Math.min(8_000, 250 * 2 ** Math.min(tries, 10));
  return whole / 2 + (whole / 2) * random();
}
