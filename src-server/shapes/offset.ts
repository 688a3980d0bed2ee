/**
 * Where a reader stands in a shape: after that message. The snapshot's chunks are `0_0`, `0_1`, …; `0_inf` is the end of the
 * snapshot; a change is `<LSN of its commit>_<operation>`.
 */
export type Offset = { lsn: bigint; op: number };

/** What a request asks for: everything (`-1`), only what comes from now on (`now`), or what follows an offset. */
export type Asked = "start" | "now" | Offset;

export const endOfSnapshot: Offset = { lsn: 0n, op: Infinity };

export function parseOffset(text: string | null): Asked | null {
  if (text === "-1") return "start";
  if (text === "now") return "now";
  const [, lsn, op] = /^(\d{1,20})_(\d{1,15}|inf)$/.exec(text ?? "") ?? [];
  if (lsn === undefined || op === undefined || BigInt(lsn) > 0xffffffffffffffffn) return null;
  return { lsn: BigInt(lsn), op: op === "inf" ? Infinity : Number(op) };
}

export const formatOffset = ({ lsn, op }: Offset): string => `${lsn}_${op === Infinity ? "inf" : op}`;

export const compareOffsets = (a: Offset, b: Offset): number =>
  a.lsn < b.lsn ? -1 : a.lsn > b.lsn ? 1 : a.op === b.op ? 0 : a.op < b.op ? -1 : 1;
