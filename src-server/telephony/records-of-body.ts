import { type IncomingRecord, incomingLine } from "./incoming-record.ts";
import { decodeText } from "./reader/decode-text.ts";
import { splitLines } from "./reader/split-lines.ts";

/** The records of a request's body, or a sentence saying why the body as a whole is none. */
export type BodyRecords = { records: IncomingRecord[] } | { problem: string };

/** Raw lines, one a line. */
export function recordsOfText(body: Buffer): BodyRecords {
  return { records: splitLines(body).map((line) => ({ format: "line", body: Buffer.from(line) })) };
}

/** JSON: an object, an array, or `{records: [...]}`. A string in it is a raw line (or several). */
export function recordsOfJson(body: Buffer): BodyRecords {
  const text = decodeText(body);
  if (text.trim() === "") return { records: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      problem: "The body is not valid JSON: send an object, an array, or {records: [...]}; raw lines go as text/plain.",
    };
  }
  const items = itemsOf(value);
  if (!items) return { problem: "records must be an array: send an object, an array, or {records: [...]}." };
  return { records: items.flatMap((item) => (typeof item === "string" ? linesOf(item) : [jsonRecord(item)])) };
}

function itemsOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null || !("records" in value)) return [value];
  const { records } = value;
  if (Array.isArray(records)) return records;
  return typeof records === "string" ? [records] : null;
}

const linesOf = (text: string) => text.split("\n").flatMap((line) => incomingLine(line.toWellFormed()) ?? []);
const jsonRecord = (item: unknown): IncomingRecord => ({ format: "json", body: Buffer.from(JSON.stringify(item)) });
