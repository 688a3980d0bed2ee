import { alignments } from "./align.ts";
import type { CdrFields, Reading } from "./cdr-record.ts";
import { type FieldOrder, knownOrders } from "./field-order.ts";
import { agreement, typesAreTypes } from "./plausible.ts";
import { recordOfFields } from "./record-of-fields.ts";

/** An order that the administrator has set wins where the line itself doesn't speak against it. */
const trust = 2;
/** A line with as many fields as the order has needs no commas explained away. */
const exact = 2;

/**
 * Reads one line without its line end. Each line is held against the configured order and the known ones by itself:
 * the list may change at any line, and records come in any order.
 */
export function readLine(line: string, configured: FieldOrder | null): Reading {
  if (line.includes("\0")) return { reason: "The line holds a NUL character, which no call record has." };
  const text = line.replace(/^\uFEFF?\s*(?:call\s+)?/i, "");
  const lists = piecesOf(text);
  const orders = configured ? [configured, ...knownOrders] : knownOrders;
  const best: { fields: CdrFields; sum: number; configured: boolean }[] = [];
  for (const pieces of lists)
    for (const order of orders)
      for (const fields of alignments(pieces, order)) {
        if (!typesAreTypes(fields)) continue;
        const own = order === configured;
        const sum = agreement(fields) + (own ? trust : 0) + (pieces.length === order.length ? exact : 0);
        if (best[0] && sum < best[0].sum) continue;
        if (best[0] && sum > best[0].sum) best.length = 0;
        best.push({ fields, sum, configured: own });
      }
  const first = best[0];
  if (!first) return { reason: whyNot(lists[0] ?? []) };
  if (best.some((other) => numbersOf(other.fields) !== numbersOf(first.fields)))
    return {
      reason: "Commas in a name leave more than one way to read this line: set the field order, or remove the comma.",
    };
  const read = recordOfFields(agreedNames(best.map((b) => b.fields)));
  return "reason" in read ? read : { record: read.record, configured: first.configured };
}

/** The pieces between commas; where quotation marks are used also the pieces outside of them; tabs where no comma is. */
function piecesOf(text: string): string[][] {
  if (!text.includes(",") && text.includes("\t")) return [text.split("\t")];
  const plain = text.split(",");
  // Some systems end every record with a comma.
  const lists = plain.at(-1) === "" ? [plain, plain.slice(0, -1)] : [plain];
  if (/(^|,)"/.test(text)) lists.push(quoted(text));
  return lists;
}

function quoted(text: string): string[] {
  const pieces: string[] = [];
  for (const m of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g))
    pieces.push(m[1] === undefined ? (m[2] ?? "") : m[1].replaceAll('""', '"'));
  return pieces;
}

const isName = (name: string) =>
  name.endsWith("-dispname") || name.startsWith("bill-") || name === "missed-queue-calls";

/** Everything that a number can come from; readings that differ only in names are the same call. */
const numbersOf = (fields: CdrFields) => JSON.stringify(Object.entries(fields).filter(([name]) => !isName(name)));

/** Names on which the readings differ are left out. */
function agreedNames(readings: readonly CdrFields[]): CdrFields {
  const agreed = Object.entries(readings[0] ?? {}).map(([name, text]) => [
    name,
    readings.every((other) => other[name as keyof CdrFields] === text) ? text : "",
  ]);
  return Object.fromEntries(agreed) as CdrFields;
}

function whyNot(pieces: readonly string[]): string {
  if (pieces.length < 10) return `This is no call record: it has ${pieces.length} field(s), a record has at least 20.`;
  return `The ${pieces.length} fields fit no known order: compare the fields at the phone system with the field order of this source.`;
}
