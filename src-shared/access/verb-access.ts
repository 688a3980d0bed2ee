import type { deskContract } from "../contract/desk-contract.ts";
import type { serverContract } from "../contract/server-contract.ts";
import type { AuditAction } from "./audit-action.ts";
import type { Permission } from "./permission.ts";

/**
 * What a verb takes. `open`: no session; `signedIn`: any person; else any one of the permissions, in the clinic that the input
 * names or, where it names none, in any of the person's. What is then seen is row-level security's part.
 */
type Need = "open" | "signedIn" | readonly Permission[];
/** `audit`: the line that a successful call leaves in the audit log; a refused one always leaves its own. */
export type VerbAccess = { need: Need; audit?: AuditAction };

type VerbsOf<Contract> = {
  [Room in keyof Contract & string]: `${Room}.${keyof Contract[Room] & string}`;
}[keyof Contract & string];
export type ServerVerb = VerbsOf<typeof serverContract>;
export type DeskVerb = VerbsOf<typeof deskContract>;

const calls = ["viewOwnPerformance", "viewTeamPerformance", "viewAllPerformance"] as const;
const figures = [...calls, "viewBoard"] as const;
const configure = { need: ["configureSources"], audit: "configure" } as const;
const open = { need: "open" } as const;
const signedIn = { need: "signedIn" } as const;

/** The one table of who may ask for what. A verb without a line does not compile. */
export const verbAccess: Record<ServerVerb | DeskVerb, VerbAccess> = {
  // Sign-in writes its own lines: who tried, by what means, and why not.
  "session.signIn": open,
  "session.secondFactor": open,
  "session.newPassword": open,
  "session.refresh": open,
  "session.providers": open,
  "session.providerStart": open,
  "session.providerFinish": open,
  "session.receipt": open,
  "session.current": signedIn,
  "session.changePassword": { need: "signedIn", audit: "change" },
  "session.signOut": { need: "signedIn", audit: "signOut" },
  "session.contact": signedIn,

  "clinics.list": signedIn,
  "clinics.directory": signedIn,
  "clinics.setServiceLevel": { need: ["configureMetrics"], audit: "configure" },

  "calls.list": { need: calls, audit: "view" },
  "calls.one": { need: calls, audit: "view" },
  // The lines behind a call name who called.
  "calls.rawLines": { need: ["seeCallers"], audit: "view" },
  "reports.callAnalytics": { need: figures },
  "reports.heatMap": { need: figures },
  "today.overview": { need: figures },
  "today.queues": { need: figures },
  "today.agents": { need: figures },
  // Single calls, which a board never shows.
  "today.longestWaits": { need: calls, audit: "view" },

  "telephony.sources": { need: ["configureSources"] },
  "telephony.setFieldOrder": configure,
  "telephony.rejected": { need: ["configureSources"], audit: "view" },
  "telephony.retry": configure,
  "telephony.extensions": { need: ["configureSources"] },
  "telephony.setExtension": configure,
  "telephony.queueNumbers": { need: ["configureSources"] },
  "telephony.setQueueNumber": configure,

  "sync.shapes": signedIn,

  "people.list": { need: ["managePeople"] },
  "people.add": { need: ["managePeople"], audit: "configure" },
  "people.addBoard": { need: ["managePeople"], audit: "configure" },
  "people.setRole": { need: ["managePeople"], audit: "configure" },
  "people.setActive": { need: ["managePeople"], audit: "configure" },
  "people.resetPassword": { need: ["managePeople"], audit: "configure" },
  "people.resetSecondFactor": { need: ["managePeople"], audit: "configure" },
  "locations.list": { need: ["manageLocations"] },
  "locations.add": { need: ["manageLocations"], audit: "configure" },
  "locations.rename": { need: ["manageLocations"], audit: "configure" },
  "locations.setStaff": { need: ["manageLocations"], audit: "configure" },
  "devices.list": { need: ["manageDevices"] },
  "devices.end": { need: ["manageDevices"], audit: "configure" },
  "devices.admit": { need: ["manageDevices"], audit: "configure" },
  "devices.endSession": { need: ["manageDevices"], audit: "configure" },
  "devices.receipts": { need: ["manageDevices"] },
  "devices.terms": signedIn,
  "devices.setTerms": { need: ["manageDevices"], audit: "configure" },
  "retention.list": { need: ["manageRetention"] },
  "retention.set": { need: ["manageRetention"], audit: "configure" },
  "audit.search": { need: ["viewAudit"], audit: "view" },
  "audit.export": { need: ["viewAudit"], audit: "export" },
  "audit.deliver": signedIn,

  "desk.status": open,
  "desk.providers": open,
  "desk.signIn": open,
  "desk.signInWithProvider": open,
  "desk.secondFactor": open,
  "desk.newPassword": open,
  "desk.setPassphrase": open,
  "desk.unlock": open,
  "desk.eraseAndSync": open,
  "desk.signOut": open,
  "desk.lock": open,
  "desk.touched": open,
  "desk.reconnect": open,
  "desk.acknowledge": open,
  "desk.note": signedIn,
  "desk.pageKey": signedIn,
};
