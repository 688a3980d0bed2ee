import type { Call } from "#shared/contract/calls.ts";
import { duration } from "../../format/duration.ts";
import { moment } from "../../format/moments.ts";

/** Every field of the record in words, in the order in which one asks for them; `callers`: also who called whom. */
export function callFields(call: Call, timeZone: string, callers: boolean): { name: string; value: string }[] {
  const or = (value: string | null) => value ?? "–";
  const seconds = (value: number | null) => (value === null ? "–" : duration(value));
  const instant = (value: string | null) => (value === null ? "–" : moment(value, timeZone));
  const numbered = (name: string | null, number: string | null, kind: string) =>
    name === null
      ? number === null
        ? "–"
        : `unassigned, ${kind} ${number}`
      : number
        ? `${name}, ${kind} ${number}`
        : name;
  return [
    { name: "Started", value: instant(call.startedAt) },
    { name: "Answered", value: instant(call.answeredAt) },
    { name: "Ended", value: instant(call.endedAt) },
    { name: "Waited", value: seconds(call.waitSeconds) },
    { name: "Talked", value: seconds(call.talkSeconds) },
    { name: "On hold", value: seconds(call.holdSeconds) },
    { name: "After-call work", value: seconds(call.afterCallWorkSeconds) },
    { name: "Transfers", value: String(call.transferCount) },
    ...(callers
      ? [
          { name: "Caller", value: or(call.callerName) },
          { name: "Caller’s number", value: or(call.callerNumber) },
          { name: "Called number", value: or(call.calledNumber) },
        ]
      : []),
    { name: "Queue", value: numbered(call.queueName, call.queueNumber, "number") },
    { name: "Agent", value: numbered(call.agentName, call.agentExtension, "extension") },
    { name: "Location", value: or(call.locationName) },
    { name: "Type", value: or(call.callType) },
    { name: "Clinic’s day", value: `${call.localDay}, hour ${call.localHour}` },
    { name: "Phone system’s id", value: call.callId },
  ];
}
