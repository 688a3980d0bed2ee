import { createHash } from "node:crypto";
import { zoneDoubt } from "./call-id-instant.ts";
import type { CdrFields, CdrRecord } from "./cdr-record.ts";
import { clockSeconds, instant } from "./instant.ts";

/** Checks what the fields say together. A contradiction in times is a reason to refuse; a doubt is a note. */
export function recordOfFields(fields: CdrFields): { record: CdrRecord } | { reason: string } {
  const start = instant(fields["time-start"]);
  if (start === null) return { reason: `time-start is no time: expected YYYY/MM/DD HH:MM:SS.` };
  const duration = /^\d{1,6}$/.test(fields.duration) ? Number(fields.duration) : clockSeconds(fields.duration);
  if (fields.duration !== "" && duration === null) return { reason: "duration is neither HH:MM:SS nor seconds." };
  let answered = fields["time-answered"] === "" ? null : instant(fields["time-answered"]);
  if (fields["time-answered"] !== "" && answered === null)
    return { reason: "time-answered is no time: expected YYYY/MM/DD HH:MM:SS, or nothing." };
  let end = instant(fields["time-end"]);
  if (end === null && fields["time-end"] === "" && answered !== null && duration !== null)
    end = answered + duration * 1000;
  if (end === null) return { reason: "time-end is no time: expected YYYY/MM/DD HH:MM:SS." };
  if (end < start) return { reason: "time-end lies before time-start." };
  if (end - start > longest) return { reason: "time-end lies more than four days after time-start." };
  const notes: string[] = [];
  // The phone system leaves duration empty for a call nobody took: a talk time without a time of answer tells it.
  if (answered === null && duration !== null && duration > 0 && duration * 1000 <= end - start) {
    answered = end - duration * 1000;
    notes.push("time-answered is empty: taken from time-end and duration.");
  }
  if (answered !== null && (answered < start - 1000 || answered > end + 1000))
    return { reason: "time-answered does not lie between time-start and time-end." };
  // Every time is cut to its second by itself, so one may lie a second off.
  if (answered !== null) answered = Math.min(Math.max(answered, start), end);
  if (answered !== null && duration !== null && Math.abs((end - answered) / 1000 - duration) > 2)
    notes.push("duration differs from time-end minus time-answered: the times are taken.");
  const callId = fields.callid || substitute(fields);
  const doubt = zoneDoubt(callId, start);
  if (doubt) notes.push(doubt);
  return { record: { callId, historyId: fields.historyid, start, answered, end, fields, notes } };
}

const longest = 4 * 86_400_000;

/** Records of a field list without callid are one call each: their identity is what they say. */
function substitute(fields: CdrFields): string {
  const said = [fields["time-start"], fields["time-end"], fields["from-no"], fields["from-dn"], fields["to-no"], fields["dial-no"]]; // prettier-ignore
  return `none-${createHash("sha256").update(said.join("\n")).digest("hex").slice(0, 32)}`;
}
