import type { CdrRecord } from "./cdr-record.ts";
import { chainOf, type End, endOf, missedBy, withoutExt } from "./end-of-call.ts";
import { changeKind, endedByCaller } from "./words.ts";

export type Direction = "inbound" | "outbound" | "internal";
export type Outcome = "answered" | "voicemail" | "abandoned" | "missed" | "not_connected";

/** What one record says about its call. */
export type Leg = {
  record: CdrRecord;
  direction: Direction;
  outcome: Outcome;
  /** Extensions that had the call, one after the other; `null` is whatever is no extension of ours (outside, voicemail). */
  holders: (string | null)[];
  queue: string | null;
  caller: string | null;
  callerName: string | null;
  called: string | null;
  /** A record of a call that ended before it began: it says nothing where another record of the call says something. */
  artefact: boolean;
};

const orNull = (text: string, most = 80): string | null => (text === "" ? null : text.slice(0, most));

/** Reads what a record means. `isQueue` knows the numbers that an administrator has mapped to queues. */
export function legOf(record: CdrRecord, isQueue: (number: string) => boolean): Leg {
  const { fields } = record;
  const change = changeKind(fields["reason-changed"]);
  const from = endOf(record, "from", isQueue);
  let to = endOf(record, "to", isQueue);
  // Only a queue forwards by the rules of a queue, whatever the record calls it.
  if (change === "queueForward" && to.kind === "person") to = { ...to, kind: "queue" };
  const final = endOf(record, "final", isQueue);
  const direction = directionOf(from, to, fields["dial-no"]);
  const holders = holdersOf(record, to, final);
  const outcome = outcomeOf(record, direction, to, final, holders);
  // A withheld number leaves only the trunk's internal number, which is nobody's.
  const own = withoutExt(fields["from-no"]) || (from.kind === "outside" ? "" : fields["from-dn"]);
  const name = fields["from-dispname"];
  return {
    record,
    direction,
    outcome,
    holders: outcome === "answered" && direction !== "outbound" ? holders : direction === "inbound" ? [] : [callerOf()],
    queue: queueOf(record, to, final, isQueue),
    caller: orNull(own),
    callerName: name === fields["from-no"] || name === own ? null : orNull(name, 200),
    called: orNull(calledOf()),
    artefact: to.kind === "end" && record.end - record.start < 1000,
  };

  /** Who called out; after an attended transfer the one who took the caller's place. */
  function callerOf(): string | null {
    const taken = fields["reason-changed"].toLowerCase().startsWith("replacedsrc") && final.kind === "person";
    return orNull((taken && final.number) || own);
  }
  function calledOf(): string {
    if (direction === "outbound") return to.kind === "outside" && to.number !== "" ? to.number : fields["dial-no"];
    if (to.kind === "voicemail") return to.dn || fields["dial-no"] || to.number;
    return to.number || to.dn || withoutExt(fields["dial-no"]);
  }
}

function directionOf(from: End, to: End, dialled: string): Direction {
  if (from.kind === "outside") return "inbound";
  if (to.kind === "outside" && (to.given || (dialled !== "" && !/^(ext\.|\*)/i.test(dialled)))) return "outbound";
  // A call that never left has no other end: what was dialled tells whether it was meant to.
  if (to.kind === "end" && to.number === "" && !/^(ext\.|\*)/i.test(dialled)) return "outbound";
  return "internal";
}

/** Who had the call, in order. Empty when nobody picked up: being rung by a queue or greeted by a menu is no picking up. */
function holdersOf(record: CdrRecord, to: End, final: End): (string | null)[] {
  if (record.answered === null) return [];
  const change = changeKind(record.fields["reason-changed"]);
  const first = to.kind === "person" ? [to.number || to.dn] : to.kind === "outside" && to.given ? [null] : [];
  if (!final.given) return first;
  const between = change === "replaced" || change === "failedTransfer" ? betweenOf(record, to, final) : [];
  if (change === "failedTransfer") {
    // The call stayed with whoever wanted to hand it on; behind a queue the chain names them.
    const kept = [...first, ...between];
    if (kept.length > 0) return kept;
    return to.kind === "queue" || to.kind === "group" ? [null] : [];
  }
  if (final.kind === "person")
    return [...(change === "replaced" ? [...first, ...between] : []), final.number || final.dn];
  if (final.kind === "outside") return [...(change === "replaced" ? [...first, ...between] : []), null];
  // Only a person can park a call or take it into a conference.
  if (final.kind === "machine" || final.kind === "end") return [...first, ...between];
  // To voicemail or a queue: somebody handed it on, or the extension forwarded it by itself because nobody was there.
  return change === "replaced" && first.length > 0 ? [...first, ...between, null] : [];
}

/** Extensions that the chain names between the called number and the last one: they had the call before it. */
function betweenOf(record: CdrRecord, to: End, final: End): string[] {
  const chain = chainOf(record);
  const hops = chain
    .slice(1)
    .filter((hop) => /^ext\./i.test(hop))
    .map(withoutExt);
  const others = new Set([
    to.number,
    to.dn,
    final.number,
    final.dn,
    withoutExt(record.fields["from-no"]),
    ...missedBy(record),
  ]);
  return to.kind === "queue" || to.kind === "person" ? hops.filter((hop) => !others.has(hop)) : [];
}

function queueOf(record: CdrRecord, to: End, final: End, isQueue: (number: string) => boolean): string | null {
  const numbers = [to, final].filter((end) => end.kind === "queue").map((end) => end.dn || end.number);
  const hop = chainOf(record).slice(1).map(withoutExt).find(isQueue);
  return orNull(numbers[0] ?? hop ?? "");
}

function outcomeOf(record: CdrRecord, direction: Direction, to: End, final: End, holders: (string | null)[]): Outcome {
  if (holders.length > 0) return "answered";
  const last = final.given ? final : to;
  const mailbox = last.kind === "voicemail" || to.kind === "voicemail";
  if (mailbox && record.answered !== null) return "voicemail";
  if (direction !== "inbound") return "not_connected";
  // A call routed to "end call" was ended by the system, whoever is named.
  if (last.kind === "end") return "missed";
  return endedByCaller(record.fields["reason-terminated"]) ? "abandoned" : "missed";
}
