import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { verb } from "./base.ts";
import { calls } from "./calls.ts";
import { clinics } from "./clinics.ts";
import { reports, today } from "./reports.ts";
import { person, session } from "./session.ts";
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

export const deskStatus = z.object({
  state: syncState,
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
});
export type DeskStatus = z.infer<typeof deskStatus>;

const here = { offline: true, open: true };
/** What the desk answers itself. */
const desk = {
  /** The status now, and again at every change. */
  status: verb.meta(here).output(eventIterator(deskStatus)),
  signIn: verb
    .meta({ offline: false, open: true })
    .input(z.object({ email: z.string().max(254), password: z.string().max(1024) }))
    .output(person),
  signOut: verb.meta(here).output(z.object({ ended: z.boolean() })),
  /** Asks for the connection at once instead of waiting for the next try. */
  reconnect: verb.meta(here).output(z.object({ asked: z.boolean() })),
};

/** The one contract between renderer and desk, over a message port or a WebSocket. Verbs are the server's wherever both have them. */
export const deskContract = {
  desk,
  clinics,
  calls,
  reports,
  today,
  telephony,
  session: { current: session.current },
};
