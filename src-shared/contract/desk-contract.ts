import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { verb } from "./base.ts";
import { devices, locations, people, retention } from "./administration.ts";
import { audit, deskEvent } from "./audit.ts";
import { calls } from "./calls.ts";
import { clinics } from "./clinics.ts";
import { reports, today } from "./reports.ts";
import { endReason } from "./base.ts";
import { accessChange, person, rowCounts, session } from "./session.ts";
import { shapeName } from "./sync.ts";
import { telephony } from "./telephony.ts";

/** How the desk stands to the server, as the status bar says it. */
export const syncState = z.enum([
  /** Nobody is signed in. */
  "signedOut",
  /** The replica is being opened. */
  "opening",
  /** Rows are being fetched; `progress` says how many. */
  "syncing",
  /** Every shape is up to date and listening. */
  "live",
  /** The server can't be reached; `since` says for how long. What is held goes on being shown. */
  "offline",
  /** The server no longer accepts this session: sign in again. What is held goes on being shown. */
  "refused",
  /** The desk itself can't go on (disk full, replica damaged); `problem` says what to do. */
  "failed",
]);
export type SyncState = z.infer<typeof syncState>;

/** Whether what this desk holds is open to whoever sits in front of it. Synchronisation goes on behind a locked door. */
export const door = z.discriminatedUnion("kind", [
  /** Nobody is signed in, or the process has started anew and the data's key is not here yet. `ended`: why the last person was signed out. */
  z.object({
    kind: z.literal("closed"),
    ended: z.object({ reason: endReason, removed: rowCounts, at: z.string() }).nullable(),
  }),
  z.object({ kind: z.literal("open") }),
  /** The same person comes back with the password or passphrase. `means`: what unlocks. */
  z.object({
    kind: z.literal("locked"),
    why: z.enum(["idle", "person", "system"]),
    since: z.string(),
    means: z.enum(["password", "passphrase"]),
  }),
  /** Too long without contact: the data opens again once the server is reached. After `eraseAt` it is gone. */
  z.object({ kind: z.literal("leaseOver"), lastContactAt: z.string(), eraseAt: z.string(), erased: z.boolean() }),
  /** The data's key is wrapped by another password (it was changed elsewhere) or lost: the old password opens it, or it is erased and fetched anew. */
  z.object({ kind: z.literal("keyLost"), why: z.enum(["otherPassword", "lost"]) }),
  /** Signed in by a provider, where the system keeps no secrets: a passphrase for this computer is still to be chosen. */
  z.object({ kind: z.literal("needsPassphrase") }),
]);
export type Door = z.infer<typeof door>;

/** Something that was done to this desk's data, to be read once: access changed, a copy healed, erased. */
export const deskNotice = z.object({
  id: z.string(),
  kind: z.enum(["accessChanged", "damaged", "older", "erased"]),
  changes: z.array(accessChange),
  removed: rowCounts,
  at: z.string(),
});
export type DeskNotice = z.infer<typeof deskNotice>;

export const deskStatus = z.object({
  state: syncState,
  door,
  notices: z.array(deskNotice),
  /** When an idle desk locks, in minutes; null on a board, which never does. */
  idleMinutes: z.int().nullable(),
  /** When this desk locks and erases its data if it reaches no server until then. */
  lease: z.object({ lockAt: z.string(), eraseAt: z.string() }).nullable(),
  /** Lines and writes that wait to be carried to the server. */
  waiting: z.int(),
  person: person.nullable(),
  server: z.string(),
  version: z.string(),
  /** When this state began. */
  since: z.string(),
  /** When the replica was last known to equal the server; null before the first contact. */
  asOf: z.string().nullable(),
  /** True once the newest calls are in the replica, while older ones may still be on their way. */
  usable: z.boolean(),
  progress: z
    .object({ shape: shapeName, rows: z.int(), total: z.int(), secondsLeft: z.number().nullable() })
    .nullable(),
  /** Moves whenever rows of that table change in the replica: what a tile depends on. */
  revision: z.record(shapeName, z.int()),
  problem: z.string().nullable(),
  /** True in the browser shell, where there is no window of our own. */
  browserShell: z.boolean(),
  /** While signing in by a provider: the page to open, where the desk can't open a browser itself (the browser shell). */
  providerAddress: z.string().optional(),
});
export type DeskStatus = z.infer<typeof deskStatus>;

const here = { offline: true, open: true };
const there = { offline: false, open: true };
const password = z.string().min(1, "Write your password.").max(1024);

/** What signing in leads to at a desk: the tokens stay in the main process. */
export const deskStep = z.discriminatedUnion("step", [
  z.object({ step: z.literal("open"), person, recoveryCodes: z.array(z.string()).optional() }),
  z.object({ step: z.literal("secondFactor") }),
  z.object({ step: z.literal("enrolSecondFactor"), secret: z.string(), uri: z.string() }),
  z.object({ step: z.literal("newPassword") }),
  z.object({ step: z.literal("setPassphrase") }),
  /** See the door: the old password, or erase and sync again. */
  z.object({ step: z.literal("keyLost") }),
]);
export type DeskStep = z.infer<typeof deskStep>;

/** What the desk answers itself. */
const desk = {
  /** The status now, and again at every change. */
  status: verb.meta(here).output(eventIterator(deskStatus)),
  providers: verb.meta(there).output(z.array(z.object({ id: z.string(), title: z.string() }))),
  /** With the server; without a network by the password alone, for who has data on this desk. */
  signIn: verb
    .meta(here)
    .input(z.object({ email: z.string().max(254), password }))
    .output(deskStep),
  /** Opens the system's browser and waits until it comes back, at most five minutes. */
  signInWithProvider: verb
    .meta(there)
    .input(z.object({ provider: z.string().max(40) }))
    .output(deskStep),
  secondFactor: verb
    .meta(there)
    .input(z.object({ code: z.string().min(6).max(40) }))
    .output(deskStep),
  newPassword: verb.meta(there).input(z.object({ password })).output(deskStep),
  setPassphrase: verb
    .meta(here)
    .input(z.object({ passphrase: z.string().min(12, "Use at least 12 characters.").max(1024) }))
    .output(deskStep),
  /** At a locked door with the password; at a lost key with the old one. */
  unlock: verb.meta(here).input(z.object({ password })).output(deskStep),
  /** At a lost key: what this desk holds of the person goes, and is fetched anew. */
  eraseAndSync: verb.meta(there).output(deskStep),
  signOut: verb.meta(here).output(z.object({ ended: z.boolean() })),
  lock: verb.meta(here).output(z.object({ locked: z.boolean() })),
  /** Somebody is there: the renderer says so at most every few seconds. */
  touched: verb.meta(here).output(z.object({ open: z.boolean() })),
  /** Asks for the connection at once instead of waiting for the next try. */
  reconnect: verb.meta(here).output(z.object({ asked: z.boolean() })),
  /** A notice was read. */
  acknowledge: verb
    .meta(here)
    .input(z.object({ id: z.string().max(60) }))
    .output(z.object({ left: z.int() })),
  /** For the audit log: an export or print that only the window knows of. Works offline. */
  note: verb
    .meta({ offline: true, open: false })
    .input(deskEvent.pick({ action: true, subject: true, subjectId: true, clinicId: true, detail: true }))
    .output(z.object({ noted: z.boolean() })),
  /** Base64 of the 32 bytes by which this person's windows seal what they keep in the browser's profile; behind an open door alone. */
  pageKey: verb.meta({ offline: true, open: false }).output(z.base64()),
};

/** The one contract between renderer and desk, over a message port or a WebSocket. Verbs are the server's wherever both have them. */
export const deskContract = {
  desk,
  clinics,
  calls,
  reports,
  today,
  telephony,
  people,
  locations,
  devices,
  retention,
  audit: { search: audit.search, export: audit.export },
  session: { current: session.current, changePassword: session.changePassword },
};
