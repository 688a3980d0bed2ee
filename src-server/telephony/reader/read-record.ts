import type { Reading } from "./cdr-record.ts";
import { decodeText } from "./decode-text.ts";
import type { FieldOrder } from "./field-order.ts";
import { readJson } from "./read-json.ts";
import { readLine } from "./read-line.ts";

/** Longer than any record of a call; what is longer is kept up to one byte more, so that it stays told apart. */
export const longestRecord = 65_536;

/** Reads a raw record as it is stored. Never throws: what can't be read says why. */
export function readRecord(raw: { format: string; body: Uint8Array }, configured: FieldOrder | null): Reading {
  if (raw.body.length > longestRecord)
    return { reason: "The record is longer than 64 KB, which no call record is; only its beginning is kept." };
  const text = decodeText(raw.body);
  return raw.format === "json" ? readJson(text) : readLine(text, configured);
}
