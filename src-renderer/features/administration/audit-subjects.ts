import type { ServerVerb } from "#shared/access/verb-access.ts";

/** Subjects of the log in words. One that is not here is shown as it is written. */
const subjects: Partial<Record<ServerVerb, string>> & Record<string, string> = {
  session: "session",
  replica: "what a desk held",
  lock: "the desk’s lock",
  unlockRefused: "a refused unlock",
  leaseOver: "the desk’s offline lease",
  "calls.list": "a list of calls",
  "calls.one": "one call",
  "calls.rawLines": "the phone system’s lines of a call",
  "today.longestWaits": "the longest waits of today",
  "session.changePassword": "own password",
  "session.signOut": "session",
  "clinics.setServiceLevel": "the service-level rule",
  "people.add": "a new person",
  "people.addBoard": "a new board",
  "people.setRole": "a person’s role",
  "people.setActive": "an account",
  "people.resetPassword": "a one-time password",
  "people.resetSecondFactor": "a second factor",
  "locations.add": "a new location",
  "locations.rename": "a location’s name",
  "locations.setStaff": "a location’s staff",
  "devices.end": "a device",
  "devices.admit": "a device, admitted again",
  "devices.endSession": "a session on a device",
  "devices.setTerms": "how desks are guarded",
  "retention.set": "how long what is kept",
  "retention.calls": "calls that were over",
  "retention.rawRecords": "records as received that were over",
  "audit.search": "the audit log",
  "audit.export": "the audit log",
  "telephony.rejected": "records that could not be read",
  "telephony.retry": "records to be read again",
  "telephony.setExtension": "an extension’s agent",
  "telephony.setQueueNumber": "a number’s queue",
  "telephony.setFieldOrder": "a source’s order of fields",
  "telephony.cdrWebhook": "a delivery of call records",
  "command.firstAdmin": "the first administrator",
  "command.resetAdmin": "an administrator’s one-time password",
};

/** Tables that a desk copies, by the name of their shape. */
const tables: Record<string, string> = {
  organizations: "the organization",
  clinics: "clinics",
  locations: "locations",
  agents: "agents",
  queues: "queues",
  call_sources: "phone systems",
  calls: "calls",
};

export function subjectWords(subject: string): string {
  const shape = /^shape\.(\w+)$/.exec(subject)?.[1];
  if (shape !== undefined) return `${tables[shape] ?? "figures"}, for a desk’s copy`;
  return subjects[subject] ?? subject;
}
