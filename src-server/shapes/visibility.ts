import type { Lsn } from "./lsn.ts";

/**
 * What a snapshot shows: `pg_current_snapshot()`, and `pg_current_wal_insert_lsn()` read after it in the same transaction.
 * A commit at or behind that LSN was written after the snapshot was taken, so it is never in it.
 */
export type Seen = { xmin: bigint; xmax: bigint; inProgress: bigint[]; lsn: Lsn };

/** Whether the snapshot shows the transaction. `xid` is the 32-bit id of the stream: it belongs to the epoch nearest to xmax. */
export function shows(seen: Seen, xid: number, commit: Lsn): boolean {
  if (commit >= seen.lsn) return false;
  const full = seen.xmax + BigInt.asIntN(32, BigInt(xid) - seen.xmax);
  return full < seen.xmin || (full < seen.xmax && !seen.inProgress.includes(full));
}

/** Reads `pg_current_snapshot()::text`: `xmin:xmax:xip,xip`. */
export function parseSnapshot(text: string, lsn: Lsn): Seen {
  const [xmin = "0", xmax = "0", list = ""] = text.split(":");
  return { xmin: BigInt(xmin), xmax: BigInt(xmax), inProgress: list === "" ? [] : list.split(",").map(BigInt), lsn };
}
