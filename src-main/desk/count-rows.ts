import type { ShapeName } from "#shared/contract/sync.ts";
import type { RowCounts } from "#shared/contract/session.ts";
import type { HeldReplica } from "./hold-replica.ts";

/** A count of a million rows takes a while, and calls arrive all the time: this old a count is good enough to be told by. */
const goodFor = 10 * 60_000;
/** Pages of a table that are counted at once, 8 MB: some 10 ms, after which a screen's question has its turn. */
const together = 1_000;

/** Counts the rows of the shapes that a replica consists of. @param exact as they are now, instead of some minutes ago */
export type RowCounter = (replica: HeldReplica, exact: boolean) => Promise<RowCounts>;

/** @param last what was counted when this replica was last open: as good as an older count of now */
export function createRowCounter(shapes: () => ShapeName[], last: () => RowCounts): RowCounter {
  const known = new Map<ShapeName, { of: HeldReplica; revision: number; rows: number; at: number }>();
  return async (replica, exact) => {
    const counts: RowCounts = {};
    for (const shape of shapes()) {
      const revision = replica.view()?.revision[shape] ?? -1;
      const held = known.get(shape);
      const fits =
        held?.of === replica && (held.revision === revision || (!exact && performance.now() - held.at <= goodFor));
      const before = held || exact ? undefined : last()[shape];
      if (held && fits) counts[shape] = held.rows;
      else if (before !== undefined) counts[shape] = before;
      else {
        const rows = await countRows(replica, shape);
        known.set(shape, { of: replica, revision, rows, at: performance.now() });
        counts[shape] = rows;
      }
    }
    return counts;
  };
}

/** In parts, because the replica answers one question at a time and a person is waiting for theirs. */
async function countRows(replica: HeldReplica, table: ShapeName): Promise<number> {
  const one = async (sql: string) => (await replica.rows<{ n: number }>(sql))[0]?.n ?? 0;
  const pages = await one(`select (pg_relation_size('${table}') / 8192)::int as n`);
  let rows = 0;
  for (let from = 0; from === 0 || from < pages; from += together) {
    // What was added meanwhile lies behind, and the last part has no end.
    const to = from + together < pages ? `and ctid < '(${from + together},0)'` : "";
    rows += await one(`select count(*)::int as n from ${table} where ctid >= '(${from},0)' ${to}`);
  }
  return rows;
}

/** What was added from one count to the next. */
export const addedBetween = (before: RowCounts, after: RowCounts): RowCounts =>
  Object.fromEntries(
    Object.entries(after)
      .map(([shape, rows]) => [shape, rows - (before[shape] ?? 0)] as const)
      .filter(([, more]) => more > 0),
  );
