import { randomUUID } from "node:crypto";
import type { AccessChange, RowCounts } from "#shared/contract/session.ts";
import { must } from "#shared/kit/must.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { Kept, KeptSession, OwedReceipt } from "../session/kept-session.ts";
import { leaseFrom } from "../session/lease.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { createRowCounter, addedBetween } from "./count-rows.ts";
import type { HeldReplica } from "./hold-replica.ts";
import type { ServerClient } from "./server-client.ts";

/** The desk's contact with the server: says what it is and holds, hears what was changed of its person's access. */
export type Contact = {
  /** One at a time; who asks meanwhile waits for one that begins after. @throws what the server answers, or what fetch throws */
  make: () => Promise<void>;
  /** The shapes moved: changes of access may have settled. */
  onView: (view: SyncView) => void;
  /** The next contact tells the rows as they are then, not as they were some minutes before. */
  countAnew: () => void;
  /** Rows by shape, now; those of the last contact where the replica can't say. */
  counted: (replica: HeldReplica | null) => Promise<RowCounts>;
};

type Options = {
  kept: KeptSession;
  replica: () => HeldReplica | null;
  /** What the person's replica consists of, now. */
  shapes: () => ShapeName[];
  ask: <T>(work: (server: ServerClient) => Promise<T>) => Promise<T>;
  version: string;
  waiting: () => number;
  now: () => number;
  /** A contact was made. */
  onContact: () => void;
  /** A copy from before a later contact: it must be fetched anew. */
  onOlder: (replica: HeldReplica, held: RowCounts) => void;
  /** Rows went because access was changed; it is written down already. */
  onSettled: () => void;
  log: (line: string) => void;
};

export function createContact(options: Options): Contact {
  const { kept, ask, version, waiting, now, onContact, onOlder, onSettled, log } = options;
  const count = createRowCounter(options.shapes, () => kept.now().held);
  // The first contact after a start comes while screens ask their first questions: it tells what was held when it ended.
  let exact = false;
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  let settling = false;

  async function once(): Promise<void> {
    const replica = options.replica();
    if (!replica || replica.broken()) return;
    const [place] = await replica.rows<{ replica: string; counter: string | number }>(
      "update desk_contact set replica = coalesce(replica, gen_random_uuid()) returning replica, counter",
    );
    const { replica: name, counter: text } = must(place, "the row of desk_contact");
    const counter = Number(text);
    // A replica that never had a contact is still to be filled, and its first rows wait for this one.
    const held = counter === 0 && !exact ? nothingIn(options.shapes()) : await count(replica, exact);
    exact = false;
    const { seenChange, pending } = kept.now();
    const left = replica.view()?.removed;
    const answer = await ask((server) =>
      server.session.contact({ version, replica: name, counter, held, waiting: waiting(), seenChange }),
    );
    if (options.replica() !== replica || replica.broken()) return;
    // What is about to be erased is told as it is.
    if (answer.older) return onOlder(replica, await count(replica, true));
    // On the disk before the next contact is made: the server takes that as proof that this copy is the newest.
    await replica.rows("update desk_contact set counter = $1, contact_at = now()", [answer.counter]);
    // A fresh replica never had what was changed before it.
    const changes = counter === 0 ? [] : answer.changes;
    // What left before this contact without any change of access is no news for the person.
    const told = !pending && changes.length === 0 && left && !left.pending ? left.rows : kept.now().told;
    await kept.change((before) => ({
      person: answer.person,
      terms: answer.terms,
      seenChange: answer.changes.at(-1)?.id ?? before.seenChange,
      pending: pendingAfter(before, changes),
      told,
      lease: leaseFrom(now()),
      held,
    }));
    onContact();
    if (changes.length > 0) replica.retry();
  }

  /** Changes are told once their rows are gone. The shapes say by their own clock that they are up to date since then. */
  const pendingAfter = ({ pending }: Kept, changes: AccessChange[]): Kept["pending"] =>
    changes.length === 0
      ? pending
      : { changes: [...(pending?.changes ?? []), ...changes], since: new Date().toISOString() };

  async function settle(gone: RowCounts): Promise<void> {
    const { pending, told } = kept.now();
    const replica = options.replica();
    if (!pending || !replica || replica.broken()) return;
    const removed = addedBetween(told, gone);
    const held = await count(replica, true);
    if (options.replica() !== replica || kept.now().pending !== pending) return;
    const at = new Date(now()).toISOString();
    const { changes } = pending;
    await kept.change(({ notices, receipts }) => ({
      pending: null,
      told: gone,
      held,
      notices: [...notices, { id: randomUUID(), kind: "accessChanged", changes, removed, at }],
      receipts: [
        ...receipts,
        receiptOf(
          "accessChanged",
          removed,
          now(),
          changes.map((c) => c.id),
        ),
      ],
    }));
    onSettled();
  }

  const make = (): Promise<void> => {
    if (!running) {
      running = once().finally(() => {
        running = null;
      });
      return running;
    }
    again ??= running
      .catch(() => {})
      .then(() => {
        again = null;
        return make();
      });
    return again;
  };

  return {
    make,
    onView: ({ event, asOf, removed }) => {
      const { pending } = kept.now();
      if (!pending || settling || removed.pending) return;
      if (event !== "upToDate" || asOf === null || asOf <= pending.since) return;
      settling = true;
      settle(removed.rows)
        .catch((error: unknown) => log(`contact: changes not settled (${String(error)})`))
        .finally(() => {
          settling = false;
        });
    },
    countAnew: () => {
      exact = true;
    },
    counted: async (replica) => {
      if (!replica || replica.broken()) return kept.now().held;
      return count(replica, true).catch(() => kept.now().held);
    },
  };
}

const nothingIn = (shapes: ShapeName[]): RowCounts => Object.fromEntries(shapes.map((shape) => [shape, 0]));

/** What is owed to the server because rows left the disk. */
export const receiptOf = (
  reason: OwedReceipt["reason"],
  removed: RowCounts,
  at: number,
  changes: string[] = [],
): OwedReceipt => ({ id: randomUUID(), reason, changes, removed, purgedAt: new Date(at).toISOString() });
