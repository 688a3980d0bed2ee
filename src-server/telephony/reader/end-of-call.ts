import type { CdrRecord } from "./cdr-record.ts";
import { partyKind, type PartyKind } from "./words.ts";

/** One end of a call: what stands there, its number without `Ext.`, its internal number. */
export type End = { kind: PartyKind; number: string; dn: string; given: boolean };

const internal = /^ext\./i;
export const withoutExt = (number: string): string => number.replace(internal, "");

/** Internal numbers under which 3CX's voicemail answers when it isn't set up otherwise. */
const mailboxes = new Set(["999", "9999"]);

/**
 * What stands at an end. The type says it where there is one; records without types tell it by the number: `Ext.` is
 * internal, anything else is outside. `isQueue` knows the numbers that an administrator has mapped to queues.
 */
export function endOf(record: CdrRecord, end: "from" | "to" | "final", isQueue: (number: string) => boolean): End {
  const { fields } = record;
  const raw = end === "final" ? fields["final-number"] : fields[`${end}-no`];
  const dn = fields[`${end}-dn`];
  const number = withoutExt(raw);
  const typed = partyKind(fields[`${end}-type`]);
  const given = raw !== "" || dn !== "" || typed !== null;
  const as = (kind: PartyKind): End => ({ kind, number, dn, given });
  if (typed !== null && typed !== "person") return as(typed);
  if (typed === "person") return as(end !== "from" && dn !== number && mailboxes.has(number) ? "voicemail" : "person");
  if (internal.test(raw)) {
    if (end !== "from" && isVoicemail(number, dn, record)) return as("voicemail");
    return as(isQueue(number) ? "queue" : "person");
  }
  if (raw === "" && dn !== "" && end !== "from") return as(isQueue(dn) ? "queue" : "person");
  // Star codes park a call or reach a service of the phone system.
  if (raw.startsWith("*")) return as("machine");
  return as("outside");
}

/**
 * Records without types give voicemail away only by its own number standing beside the number of the mailbox: the call
 * ran to `Ext.9999` for mailbox 1000. A number set up otherwise is told by the chain, which names the mailbox alone.
 */
function isVoicemail(number: string, dn: string, record: CdrRecord): boolean {
  if (dn === "" || dn === number) return false;
  if (mailboxes.has(number)) return true;
  const hops = chainOf(record);
  return hops.some((hop) => withoutExt(hop) === dn) && !hops.some((hop) => withoutExt(hop) === number);
}

/** The numbers a call ran through. One public record has an apostrophe where the others have a semicolon. */
export const chainOf = (record: CdrRecord): string[] =>
  record.fields.chain
    .replace(/^chain:/i, "")
    .split(/[;']/)
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");

/** Agents that were rung and did not answer; the separator is a semicolon where one was seen. */
export const missedBy = (record: CdrRecord): string[] =>
  record.fields["missed-queue-calls"]
    .split(/[;,| ]/)
    .map((hop) => withoutExt(hop.trim()))
    .filter((hop) => hop !== "");
