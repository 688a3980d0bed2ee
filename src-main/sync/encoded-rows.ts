import type { Change } from "#shared/sync/fold-changes.ts";
import { copyText } from "./copy-text.ts";

/** Rows of one answer as COPY's text, ready for the replica; `ends` has the place behind each row. Crosses threads without a copy. */
export type EncodedRows = { columns: string[]; text: Uint8Array<ArrayBuffer>; ends: Uint32Array<ArrayBuffer> };

const newline = 10;

/**
 * The rows of an answer that consists of inserts alone, in the columns that are known here; null for any other answer.
 * COPY's text has a line end only behind a row: one in a value is escaped.
 */
export function encodeRows(changes: readonly Change[], known: ReadonlySet<string>): EncodedRows | null {
  const first = changes[0];
  if (!first || changes.some((c) => c.headers.operation !== "insert")) return null;
  const columns = Object.keys(first.value).filter((c) => known.has(c));
  if (columns.length === 0) return null;
  const text = new TextEncoder().encode(copyText(changes.map((c) => c.value), columns)); // prettier-ignore
  const ends = new Uint32Array(changes.length);
  for (let row = 0, at = 0; row < ends.length; row++) {
    at = text.indexOf(newline, at) + 1;
    ends[row] = at;
  }
  return { columns, text, ends };
}

/** The text of some of the rows. */
export const textOf = ({ text, ends }: EncodedRows, from: number, to: number): Uint8Array =>
  text.subarray(from === 0 ? 0 : ends[from - 1], to === 0 ? 0 : ends[to - 1]);
