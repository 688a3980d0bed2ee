import { readFile } from "node:fs/promises";
import { writeDurably } from "./durable-file.ts";
import { formatLsn, type Lsn, parseLsn } from "./lsn.ts";
import type { Cluster } from "./slot.ts";

/** Up to where the shapes on disk are whole, and in whose log: what a restart is held against. */
export type Position = {
  system: string;
  timeline: number;
  slot: string;
  lsn: Lsn;
  /** Bytes of each shape's log, by handle, that were on disk then: a log that is shorter now has lost some. */
  logs: Record<string, number>;
};

export async function readPosition(path: string): Promise<Position | null> {
  try {
    const held = JSON.parse(await readFile(path, "utf8")) as Omit<Position, "lsn"> & { lsn: string };
    return { ...held, lsn: parseLsn(held.lsn) };
  } catch {
    // Missing or cut off: then nothing is known of the shapes, and they are made anew.
    return null;
  }
}

export const writePosition = (path: string, position: Position): Promise<void> =>
  writeDurably(path, JSON.stringify({ ...position, lsn: formatLsn(position.lsn) }));

/**
 * Whether the slot still gives everything that follows the position: the same PostgreSQL on the same timeline whose log
 * reaches that far, and a slot that has not moved past it. Otherwise (a restored backup, a fail-over, a slot that was
 * lost or used by somebody else, a data folder older than the slot) changes are missing and no shape can be trusted.
 */
export function continues(
  held: Position | null,
  cluster: Cluster,
  slot: { name: string; position: Lsn; fresh: boolean },
): boolean {
  return (
    held !== null &&
    !slot.fresh &&
    held.slot === slot.name &&
    held.system === cluster.system &&
    held.timeline === cluster.timeline &&
    held.lsn <= cluster.end &&
    slot.position <= held.lsn
  );
}
