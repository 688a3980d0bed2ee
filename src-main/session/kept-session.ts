import { join } from "node:path";
import { z } from "zod";
import { deskNotice } from "#shared/contract/desk-contract.ts";
import { accessChange, person, rowCounts, type SignInStep, terms } from "#shared/contract/session.ts";
import { leaseFrom } from "./lease.ts";
import { openSealed, sealFile } from "./seal.ts";

/** What left the disk and is still to be said to the server. */
export const owedReceipt = z.object({
  id: z.uuid(),
  reason: z.enum(["accessChanged", "leaseOver", "damaged", "older", "keyLost"]),
  changes: z.array(z.string()),
  removed: rowCounts,
  purgedAt: z.string(),
});
export type OwedReceipt = z.infer<typeof owedReceipt>;

/** A person's session at this desk, as it is kept across starts, sealed with their own key. */
const kept = z.object({
  /** Binds the token: it is never sent anywhere else. */
  server: z.string(),
  /** Null: signed out, or the server ended it. */
  refreshToken: z.string().nullable(),
  sessionId: z.string(),
  person,
  terms,
  /** What opens the key: the account's password, or a passphrase of this computer. */
  means: z.enum(["password", "passphrase"]),
  lease: z.object({ contactAt: z.number(), spent: z.number(), seenAt: z.number() }),
  /** When the replica was erased because the lease was over, until the next contact; ISO text. */
  erasedAt: z.string().nullable(),
  locked: z.object({ why: z.enum(["idle", "person", "system"]), since: z.string() }).nullable(),
  /** When somebody last touched the desk; epoch milliseconds. */
  touchedAt: z.number(),
  /** The last change of access that was taken note of. */
  seenChange: z.string().nullable(),
  /** Changes whose rows are still on their way out. */
  pending: z.object({ changes: z.array(accessChange), since: z.string() }).nullable(),
  /** Rows that left the replica because access was changed, by shape, as far as the person was told of them. */
  told: rowCounts,
  /** Rows by shape when they were last counted. */
  held: rowCounts,
  notices: z.array(deskNotice),
  receipts: z.array(owedReceipt),
});
export type Kept = z.infer<typeof kept>;

export type SignedIn = Extract<SignInStep, { step: "signedIn" }>;

export type KeptSession = {
  now: () => Kept;
  /** Resolves once it is on the disk. */
  change: (change: Partial<Kept> | ((now: Kept) => Partial<Kept>)) => Promise<void>;
  /** The same without waiting for the disk: it goes along with the next change. */
  note: (change: Partial<Kept>) => void;
  /** Resolves when nothing is being written any more, and nothing ever will be. */
  close: () => Promise<void>;
};

const purpose = "session";
const fileIn = (folder: string) => join(folder, "session.sealed");

/** The session in a person's folder; null where there is none, or none that this key opens. */
export async function readKept(folder: string, key: Uint8Array): Promise<Kept | null> {
  try {
    const bytes = await openSealed(fileIn(folder), key, purpose);
    return bytes === null || bytes === "damaged" ? null : kept.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}

/** The session of somebody who is here for the first time. */
export const newlyKept = (server: string, signed: SignedIn, means: Kept["means"], now: number): Kept => ({
  server,
  refreshToken: signed.refreshToken,
  sessionId: signed.sessionId,
  person: signed.person,
  terms: signed.terms,
  means,
  lease: leaseFrom(now),
  erasedAt: null,
  locked: null,
  touchedAt: now,
  seenChange: null,
  pending: null,
  told: {},
  held: {},
  notices: [],
  receipts: [],
});

/** Keeps a session. Changes in a row are written together; each resolves only when it is on the disk. */
export function keptSession(folder: string, key: Uint8Array, first: Kept): KeptSession {
  let now = first;
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  let closed = false;
  const write = (): Promise<void> => {
    next ??= writing
      .catch(() => {})
      .then(() => {
        next = null;
        writing = sealFile(fileIn(folder), key, purpose, JSON.stringify(now));
        return writing;
      });
    return next;
  };
  return {
    now: () => now,
    change: (change) => {
      now = { ...now, ...(typeof change === "function" ? change(now) : change) };
      return closed ? Promise.resolve() : write();
    },
    note: (change) => {
      now = { ...now, ...change };
    },
    close: () => {
      closed = true;
      return (next ?? writing).catch(() => {});
    },
  };
}
