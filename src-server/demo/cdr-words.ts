import type { Ending } from "./demo-call.ts";

/** How one phone system writes: the words of its version, its date separator, its call ids, how many fields it sends. */
export type Dialect = {
  words: "legacy" | "v20";
  separator: "/" | ".";
  callIds: "windows" | "unix" | "swapped";
  fields: 27 | 20;
};

/** What kind of party a call runs to. */
export type Party = "Extension" | "Line" | "Queue" | "VMail" | "LineSet" | "EndCall" | "ConfPlace";

const v20Parties: Record<Party, string> = {
  Extension: "extension",
  Line: "provider",
  Queue: "queue",
  VMail: "vmail",
  LineSet: "LineSet",
  EndCall: "EndCall",
  ConfPlace: "ConfPlace",
};

export const partyWord = (party: Party | "", dialect: Dialect): string =>
  party === "" || dialect.words === "legacy" ? party : v20Parties[party];

type Said = Exclude<Ending, "answered" | "transferred" | "voicemail" | "abandoned">;
const reasons: Record<Dialect["words"], Record<Said | "bySource" | "byDestination", string>> = {
  legacy: {
    bySource: "TerminatedBySrc",
    byDestination: "TerminatedByDst",
    busy: "TargetBusy",
    declined: "RouteBusy",
    timeout: "NoAnswerTimeout",
    noRoute: "NoRouteExists",
    notFound: "TargetNotFound",
    neverLeft: "Failed",
  },
  v20: {
    bySource: "src_participant_terminated",
    byDestination: "dst_participant_terminated",
    busy: "busy",
    declined: "declined",
    timeout: "timeout",
    noRoute: "no_route",
    notFound: "not_found",
    neverLeft: "Failed",
  },
};

/** The word for why a call ended; `sourceEnds` says who hung up where somebody did. */
export function reasonWord(ending: Ending, sourceEnds: boolean, dialect: Dialect): string {
  const words = reasons[dialect.words];
  if (ending === "abandoned") return words.bySource;
  if (ending === "answered" || ending === "transferred" || ending === "voicemail")
    return sourceEnds ? words.bySource : words.byDestination;
  return words[ending];
}

const since1601 = 11_644_473_600_000;

/** A call id as 3CX makes it: the instant of the start in one of three spellings, and a number that counts on. */
export function callIdOf(start: number, count: number, dialect: Dialect): string {
  const hex = (dialect.callIds === "windows" ? start + since1601 : start).toString(16).padStart(16, "0");
  if (dialect.callIds !== "swapped") return `${hex.toUpperCase()}_${count}`;
  const bytes = hex.match(/../g) ?? [];
  return `${bytes.toReversed().join("")}_${count}`;
}

/** `2026/11/20 14:03:11`, in UTC, cut to the second; empty for what never came. */
export const stamp = (at: number | null, dialect: Dialect): string =>
  at === null ? "" : new Date(at).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", dialect.separator);

/** `00:08:10` from milliseconds, cut to the second. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const part = (value: number) => String(value).padStart(2, "0");
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part).join(":");
}
