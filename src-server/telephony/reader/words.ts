/** What stands at one end of a call. Only a person picks up; "group" stands for ring groups, "machine" for IVR, park, conference, fax. */
export type PartyKind = "person" | "outside" | "queue" | "group" | "voicemail" | "machine" | "end";

const kinds: Record<string, PartyKind> = {
  extension: "person",
  line: "outside",
  lineset: "outside",
  provider: "outside",
  trunk: "outside",
  externalline: "outside",
  outboundrule: "outside",
  bridge: "outside",
  queue: "queue",
  ringgroup: "group",
  ringgroupringall: "group",
  ringgrouphunt: "group",
  ringgrouppaging: "group",
  vmail: "voicemail",
  voicemail: "voicemail",
  vmailconsole: "voicemail",
  ivr: "machine",
  script: "machine",
  callflow: "machine",
  inboundrouting: "machine",
  specialmenu: "machine",
  parkorb: "machine",
  park: "machine",
  parking: "machine",
  confplace: "machine",
  conference: "machine",
  fax: "machine",
  unknown: "machine",
  endcall: "end",
};

const bare = (word: string) => word.toLowerCase().replaceAll(/[^a-z]/g, "");

export const isKnownType = (word: string): boolean => bare(word) in kinds;

/** The kind behind a type of either vocabulary; null when the record has none. A word nobody knows is no person. */
export const partyKind = (word: string): PartyKind | null => (word === "" ? null : (kinds[bare(word)] ?? "machine"));

/** Reasons by which a call that no person took was ended by the caller. Everything else was ended by the system. */
const callerGaveUp = new Set([
  "terminatedbysrc",
  "srcparticipantterminated",
  "terminatedbyoriginator",
  "failedcancelled",
  "cancelled",
  "canceled",
]);

export const endedByCaller = (reason: string): boolean => callerGaveUp.has(bare(reason));

/** What reason-changed tells: a person handed the call on, tried to, or a queue forwarded it by its rules. */
export function changeKind(reason: string): "replaced" | "failedTransfer" | "queueForward" | "other" {
  const word = bare(reason);
  if (word.startsWith("replaced")) return "replaced";
  if (word.startsWith("failedbxfer") || word.startsWith("failedxfer")) return "failedTransfer";
  if (word.startsWith("qfwd")) return "queueForward";
  return "other";
}
