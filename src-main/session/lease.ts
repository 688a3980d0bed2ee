import type { Terms } from "#shared/contract/session.ts";

/**
 * How long this desk has been without contact. It counts what has passed instead of comparing two times of day: a clock
 * that is set back takes nothing away, and one that is set forward for a while lengthens nothing.
 */
export type Lease = {
  /** When the server was last reached, by this desk's clock then; epoch milliseconds. */
  contactAt: number;
  /** Milliseconds without contact that have passed until `seenAt`. */
  spent: number;
  /** What the clock showed when `spent` was last counted. */
  seenAt: number;
};

export const leaseFrom = (now: number): Lease => ({ contactAt: now, spent: 0, seenAt: now });

/**
 * The lease some time later. @param ran milliseconds that passed for sure (by a clock nobody sets): while the program runs, at
 * least these count; where it did not run or the machine slept, only the clock of the day knows.
 */
export const leaseLater = (lease: Lease, now: number, ran: number): Lease => ({
  ...lease,
  spent: lease.spent + Math.max(ran, now - lease.seenAt, 0),
  seenAt: now,
});

export type LeaseEnds = { lockAt: number; eraseAt: number };

/** When it ends by the clock of now, in epoch milliseconds. */
export const leaseEnds = ({ spent, seenAt }: Lease, { lockAfterHours, eraseAfterDays }: Terms): LeaseEnds => ({
  lockAt: seenAt + lockAfterHours * 3_600_000 - spent,
  eraseAt: seenAt + eraseAfterDays * 86_400_000 - spent,
});

/** What holds now. */
export function leaseState(lease: Lease, terms: Terms): "holds" | "locked" | "over" {
  const { lockAt, eraseAt } = leaseEnds(lease, terms);
  if (eraseAt <= lease.seenAt) return "over";
  return lockAt <= lease.seenAt ? "locked" : "holds";
}
