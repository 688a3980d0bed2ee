import { emptyFields, type Reading } from "./cdr-record.ts";
import { fieldNamed } from "./field-name.ts";
import { recordOfFields } from "./record-of-fields.ts";

/** Reads one JSON record: an object with hyphen, snake or camel names. Names that are no CDR field are left alone. */
export function readJson(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: "The record is no JSON." };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { reason: "A JSON record is an object of CDR fields, or a string that holds a raw line." };
  const fields = emptyFields();
  for (const [key, given] of Object.entries(value)) {
    const name = fieldNamed(key);
    const text = name === null ? "" : textOf(given);
    if (text === null) return { reason: `${key} is neither text nor a number.` };
    if (text.includes("\0")) return { reason: `${key} holds a NUL character, which no call record has.` };
    // Two spellings of one name in one object: an empty one never hides the other.
    if (name !== null && text !== "") fields[name] = text;
  }
  fields.historyid = fields.historyid.replace(/^call\s+/i, "");
  if (fields.callid === "") return { reason: "callid is missing: without it a call cannot be told from another." };
  if (fields.callid.length > 128) return { reason: "callid is longer than 128 characters." };
  const read = recordOfFields(fields);
  return "reason" in read ? read : { record: read.record, configured: false };
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value.trim().toWellFormed();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.every((part) => typeof part === "string" || typeof part === "number"))
    return value.join(";").toWellFormed();
  return null;
}
