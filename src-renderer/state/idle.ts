/** How often somebody's presence is said to the desk, at most. */
export const reportEvery = 15_000;
const warnFrom = 60_000;

/**
 * Whether a sign of life now is to be told: the first one after each pause at once, the others not. So the desk's count never begins
 * later than the person's last input, and nobody's ten minutes grow.
 */
export const shouldReport = (now: number, reportedAt: number): boolean => now - reportedAt >= reportEvery;

/** Milliseconds until the desk locks, counted like the desk counts. */
const left = (now: number, reportedAt: number, idleMinutes: number): number => reportedAt + idleMinutes * 60_000 - now;

/** Whole seconds until the lock once it is near: within a minute, or half the time where that is shorter. Null before. */
export function secondsToLock(now: number, reportedAt: number, idleMinutes: number): number | null {
  const rest = left(now, reportedAt, idleMinutes);
  if (rest > Math.min(warnFrom, idleMinutes * 30_000)) return null;
  return Math.max(0, Math.ceil(rest / 1000));
}

export const idleOver = (now: number, reportedAt: number, idleMinutes: number): boolean =>
  left(now, reportedAt, idleMinutes) <= 0;
