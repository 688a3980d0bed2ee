import { alignments } from "./align.ts";
import type { CdrFields, Reading } from "./cdr-record.ts";
import { fieldNamed } from "./field-name.ts";
import { type FieldOrder, knownOrders } from "./field-order.ts";
import { agreement, typesAreTypes } from "./plausible.ts";
import { recordOfFields } from "./record-of-fields.ts";

/** An order that the administrator has set wins where the line itself doesn't speak against it. */
const trust = 4;
/** So much better than any reading with other numbers a reading must be: names may look like types and numbers. */
const margin = 3;

/**
 * Reads one line without its line end. Each line is held against the configured order and the known ones by itself:
 * the list may change at any line, and records come in any order.
 */
export function readLine(line: string, configured: FieldOrder | null): Reading {
  if (line.includes("\0")) return { reason: "The line holds a NUL character, which no call record has." };
  const text = line.replace(/^\uFEFF?\s*(?:call\s+)?/i, "");
  const plain = text.includes(",") ? text.split(",") : text.split("\t");
  const cuts = /(^|,)"/.test(text) ? [plain, outsideQuotes(text)] : [plain];
  const orders = configured ? [configured, ...knownOrders] : knownOrders;
  let all = cuts.flatMap((pieces) => candidates(pieces, orders, configured));
  // Some systems end every record with a comma: a way out where nothing else fits, never a rival.
  if (all.length === 0 && plain.at(-1) === "") all = candidates(plain.slice(0, -1), orders, configured);
  const most = Math.max(...all.map(({ sum }) => sum));
  const best = all.filter(({ sum }) => sum === most);
  const first = best[0];
  if (!first) return { reason: whyNot(plain) };
  const rivals = all.filter(({ sum }) => sum > most - margin);
  if (rivals.length > 1 && rivals.some(({ fields }) => numbersOf(fields) !== numbersOf(first.fields)))
    return {
      reason: "Commas in a name leave more than one way to read this line: set the field order, or remove the comma.",
    };
  const read = recordOfFields(best.length > 1 ? agreedNames(best.map((b) => b.fields)) : first.fields);
  return "reason" in read ? read : { record: read.record, configured: first.configured };
}

type Candidate = { fields: CdrFields; sum: number; configured: boolean };

function candidates(
  pieces: readonly string[],
  orders: readonly FieldOrder[],
  configured: FieldOrder | null,
): Candidate[] {
  return orders.flatMap((order) =>
    alignments(pieces, order)
      .filter(typesAreTypes)
      .map((fields) => ({
        fields,
        configured: order === configured,
        // Every comma that has to be explained away as part of a name speaks against a reading.
        sum: agreement(fields) + (order === configured ? trust : 0) - (pieces.length - order.length),
      })),
  );
}

/** The pieces between commas, where a text in quotation marks holds none. */
function outsideQuotes(text: string): string[] {
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
  if (pieces.length > 5 && pieces.every((piece) => fieldNamed(piece) !== null))
    return "This is a list of field names, not a call: nothing is lost with it.";
  if (pieces.length < 10) return `This is no call record: it has ${pieces.length} field(s), a record has at least 20.`;
  return `The ${pieces.length} fields fit no known order: compare the fields at the phone system with the field order of this source.`;
}
