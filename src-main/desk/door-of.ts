import type { DeskStatus, Door } from "#shared/contract/desk-contract.ts";
import type { Kept } from "../session/kept-session.ts";
import { leaseEnds, leaseState } from "../session/lease.ts";

/** What stands between a sign-in that the server accepted and the person's data. */
export type Hindrance =
  | { kind: "keyLost"; why: "otherPassword" | "lost" }
  | { kind: "needsPassphrase" }
  /** The key is wrapped by a passphrase of this computer, which is still to be said. */
  | { kind: "passphrase"; since: string };

type State = {
  kept: Kept | null;
  hindrance: Hindrance | null;
  ended: Extract<Door, { kind: "closed" }>["ended"];
};

/** Whether what this desk holds is open, and if not, why. The first reason that holds counts. */
export function doorOf({ kept, hindrance, ended }: State): Door {
  if (hindrance?.kind === "passphrase")
    return { kind: "locked", why: "system", since: hindrance.since, means: "passphrase" };
  if (hindrance) return hindrance;
  if (!kept) return { kind: "closed", ended };
  const { lease, terms, erasedAt, locked, means } = kept;
  const state = leaseState(lease, terms);
  if (erasedAt !== null || state !== "holds")
    return {
      kind: "leaseOver",
      lastContactAt: new Date(lease.contactAt).toISOString(),
      eraseAt: new Date(leaseEnds(lease, terms).eraseAt).toISOString(),
      erased: erasedAt !== null,
    };
  return locked ? { kind: "locked", ...locked, means } : { kind: "open" };
}

/** What a verb is told that finds the door not open. */
export const closedSentence: Record<Exclude<Door["kind"], "open">, string> = {
  closed: "Nobody is signed in at this desk: sign in first.",
  locked: "This desk is locked: unlock it with your password.",
  leaseOver:
    "This desk had no contact with the clinic server for too long, so its data are locked. They open again once it is connected.",
  keyLost:
    "The data on this computer can't be opened with this password: give the old one, or erase them and fetch them anew.",
  needsPassphrase: "Choose a passphrase for this computer first: it protects the data that are kept here.",
};

/** A minute is as exact as anybody needs it, and a status that moves each second would be sent each second. */
export function leaseShown({ lease, terms }: Kept, before: DeskStatus["lease"]): DeskStatus["lease"] {
  const { lockAt, eraseAt } = leaseEnds(lease, terms);
  const near = (text: string | undefined, at: number) =>
    text !== undefined && Math.abs(Date.parse(text) - at) < 60_000 ? text : new Date(at).toISOString();
  return { lockAt: near(before?.lockAt, lockAt), eraseAt: near(before?.eraseAt, eraseAt) };
}
