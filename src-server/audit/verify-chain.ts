import type { Pool } from "pg";
import { must } from "#shared/kit/must.ts";
import type { Anchor } from "./anchor.ts";
import { genesis, hashedColumns, type HashedText, lineHash } from "./line-hash.ts";

/** The first line that doesn't hold, and what is wrong with it, as a sentence. */
export type Verdict =
  | { holds: true; lines: number; hash: string }
  | { holds: false; line: number; wrong: "removed" | "changed" | "unlinked" | "cutOff" | "anchor"; sentence: string };

type Row = HashedText & { number: number; previous: Buffer; hash: Buffer };

const columnsAsText = hashedColumns.map((column) =>
  column === "at" || column === "occurred_at"
    ? `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`
    : `${column}::text as ${column}`,
);

/**
 * Walks the whole log from its first line, in batches, beside a running server. Every anchor must be there with its hash, so
 * `anchors` are read before the walk begins.
 */
export async function verifyChain(pool: Pool, anchors: Anchor[], batch = 5000): Promise<Verdict> {
  const anchored = new Map<number, Set<string>>();
  for (const { id, hash } of anchors) anchored.set(id, (anchored.get(id) ?? new Set()).add(hash));
  let last = 0;
  let hash: Buffer = genesis;
  for (;;) {
    const { rows } = await pool.query<Row>(
      `select id as number, ${columnsAsText.join(", ")}, previous, hash from audit_log where audit_log.id > $1 order by audit_log.id limit $2`,
      [last, batch],
    );
    for (const row of rows) {
      const wrong = whatIsWrong(row, last, hash, anchored.get(row.number));
      if (wrong) return { holds: false, ...wrong };
      last = row.number;
      hash = row.hash;
    }
    if (rows.length < batch) break;
  }
  const missing = anchors.find((anchor) => anchor.id > last || !Number.isSafeInteger(anchor.id));
  return missing
    ? {
        holds: false,
        line: last + 1,
        wrong: "cutOff",
        sentence: `The log ends at line ${last}, and line ${missing.id} was there at ${missing.at}: the newest lines were cut off.`,
      }
    : { holds: true, lines: last, hash: must(hash, "the last hash").toString("hex") };
}

function whatIsWrong(row: Row, last: number, hash: Buffer, anchors: Set<string> | undefined) {
  const expected = last + 1;
  if (row.number !== expected)
    return {
      line: expected,
      wrong: "removed" as const,
      sentence:
        row.number === expected + 1
          ? `Line ${expected} is missing: it was removed.`
          : `Lines ${expected} to ${row.number - 1} are missing: they were removed.`,
    };
  if (!row.previous.equals(hash))
    return {
      line: row.number,
      wrong: "unlinked" as const,
      sentence: `Line ${row.number} does not follow the line before it: one of the two was put in, exchanged or written anew.`,
    };
  if (!row.hash.equals(lineHash(row.previous, row)))
    return {
      line: row.number,
      wrong: "changed" as const,
      sentence: `Line ${row.number} does not give its hash: it was changed after it was written, or put in.`,
    };
  if (anchors && (anchors.size > 1 || !anchors.has(row.hash.toString("hex"))))
    return {
      line: row.number,
      wrong: "anchor" as const,
      sentence: `Line ${row.number} has another hash than the anchor kept of it: the log up to there was written anew.`,
    };
  return null;
}
