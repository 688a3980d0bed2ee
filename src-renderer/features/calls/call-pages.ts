import type { Call } from "#shared/contract/calls.ts";

/** Calls as far as they were scrolled to, newest first. `nextCursor` null: there are no older ones. */
export type CallPages = { key: string; records: readonly Call[]; nextCursor: string | null };
export type CallPage = { records: readonly Call[]; nextCursor: string | null };

/** Newer first; calls of the same instant in a settled order. */
const isOlder = (a: Call, b: Call): boolean => {
  const apart = Date.parse(a.startedAt) - Date.parse(b.startedAt);
  return apart === 0 ? a.id < b.id : apart < 0;
};

/**
 * The newest page came again: what it holds replaces everything as new as its last call, so that changed calls change and deleted ones
 * go; the older pages stay. Where so many new calls came that the page no longer reaches the held ones, the list begins anew: a list
 * with an unseen gap would lie.
 */
export function withNewest(held: CallPages | null, key: string, newest: CallPage): CallPages {
  const fresh = { key, records: newest.records, nextCursor: newest.nextCursor };
  const last = newest.records.at(-1);
  if (held === null || held.key !== key || last === undefined || newest.nextCursor === null) return fresh;
  const inPage = new Set(newest.records.map((call) => call.id));
  const meets = held.records.some((call) => inPage.has(call.id));
  if (!meets) return fresh;
  const older = held.records.filter((call) => isOlder(call, last));
  if (older.length === 0) return fresh;
  return { key, records: [...newest.records, ...older], nextCursor: held.nextCursor };
}

/** The next older page came. A call that stands on both pages is shown once. */
export function withOlder(held: CallPages, older: CallPage): CallPages {
  const known = new Set(held.records.map((call) => call.id));
  const added = older.records.filter((call) => !known.has(call.id));
  return { key: held.key, records: [...held.records, ...added], nextCursor: older.nextCursor };
}
