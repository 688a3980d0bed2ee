import type { Direction, Leg, Outcome } from "./leg.ts";

/** A call as it is counted. Times are milliseconds since 1970, durations whole seconds. */
export type CallFacts = {
  callId: string;
  direction: Direction;
  status: Outcome;
  start: number;
  /** When a person picked up; null when nobody did. */
  answered: number | null;
  end: number;
  waitSeconds: number | null;
  ringSeconds: number | null;
  talkSeconds: number | null;
  transfers: number;
  agentExtension: string | null;
  queueNumber: string | null;
  callerNumber: string | null;
  callerName: string | null;
  calledNumber: string | null;
  endReason: string | null;
};

const seconds = (milliseconds: number) => Math.round(milliseconds / 1000);

/**
 * One call from all records that carry its callid, in whatever order they came: a transfer may leave several.
 * The answer depends on the set of records alone.
 */
export function callFacts(given: readonly Leg[]): CallFacts {
  const legs = distinct(given);
  const real = legs.filter((leg) => !leg.artefact);
  const counted = real.length > 0 ? real : legs;
  const first = counted[0];
  const byEnd = counted.toSorted((a, b) => a.record.end - b.record.end || weight(a) - weight(b));
  const last = byEnd.at(-1);
  if (!first || !last) throw new Error("broken promise: a call has at least one record");
  const { direction } = first;
  const taken = byEnd.filter((leg) => leg.outcome === "answered");
  const start = first.record.start;
  const end = Math.max(...counted.map((leg) => leg.record.end));
  const answers = taken.map((leg) => leg.record.answered).filter((at) => at !== null);
  const answered = answers.length > 0 ? Math.min(...answers) : null;
  const status = answered !== null ? "answered" : unanswered(direction, counted, last);
  const holders = (taken.length > 0 ? taken : counted).flatMap((leg) => leg.holders);
  return {
    callId: first.record.callId,
    direction,
    status,
    start,
    answered,
    end,
    waitSeconds: answered !== null ? seconds(answered - start) : status === "abandoned" ? seconds(end - start) : null,
    ringSeconds: answered === null ? null : seconds(answered - start),
    talkSeconds: answered === null ? null : seconds(end - answered),
    transfers: answered === null ? 0 : handovers(holders),
    agentExtension: holders.findLast((holder) => holder !== null) ?? null,
    queueNumber: counted.find((leg) => leg.queue !== null)?.queue ?? null,
    callerNumber: first.caller,
    callerName:
      first.callerName ?? counted.find((leg) => leg.caller === first.caller && leg.callerName)?.callerName ?? null,
    calledNumber: first.called,
    endReason: last.record.fields["reason-terminated"].slice(0, 80) || null,
  };
}

/** What stronger says at the same end of the call. */
const weight = (leg: Leg) => (leg.outcome === "abandoned" ? 1 : 0);

function unanswered(direction: Direction, legs: readonly Leg[], last: Leg): Outcome {
  if (legs.some((leg) => leg.outcome === "voicemail")) return "voicemail";
  if (direction !== "inbound") return "not_connected";
  return last.outcome === "abandoned" ? "abandoned" : "missed";
}

/** How often a person gave the call to somebody else. */
function handovers(holders: readonly (string | null)[]): number {
  return holders.filter((holder, i) => i > 0 && holders[i - 1] !== null && holder !== holders[i - 1]).length;
}

const directionRank = { inbound: 0, outbound: 1, internal: 2 };

/** Each record of the phone system once (a file read again may bring it in another form), in the order of what happened. */
function distinct(legs: readonly Leg[]): Leg[] {
  const richest = new Map<string, Leg>();
  for (const leg of legs) {
    const { historyId, start, end, fields } = leg.record;
    const key = JSON.stringify([historyId || fields["to-no"], start, end]);
    const held = richest.get(key);
    if (!held || compareContent(leg, held) < 0) richest.set(key, leg);
  }
  return [...richest.values()].sort(
    (a, b) =>
      a.record.start - b.record.start ||
      directionRank[a.direction] - directionRank[b.direction] ||
      a.record.end - b.record.end ||
      compareContent(a, b),
  );
}

const filled = (leg: Leg) => Object.values(leg.record.fields).filter((text) => text !== "").length;
const content = (leg: Leg) => JSON.stringify(leg.record.fields);

/** The one that says more comes first; between equals the text decides, so that the order of arrival never does. */
function compareContent(a: Leg, b: Leg): number {
  const more = filled(b) - filled(a);
  if (more !== 0) return more;
  return content(a) < content(b) ? -1 : content(a) > content(b) ? 1 : 0;
}
