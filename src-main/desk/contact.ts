import { randomUUID } from "node:crypto";
import type { AccessChange, Person, RowCounts, Terms } from "#shared/contract/session.ts";
import { must } from "#shared/kit/must.ts";
import type { Kept, KeptSession, OwedReceipt } from "../session/kept-session.ts";
import { leaseFrom } from "../session/lease.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { createRowCounter, removedBetween } from "./count-rows.ts";
import type { HeldReplica } from "./hold-replica.ts";
import type { ServerClient } from "./server-client.ts";

/** The desk's contact with the server: says what it is and holds, hears what was changed of its person's access. */
export type Contact = {
  /** One at a time; who asks meanwhile waits for one that begins after. @throws what the server answers, or what fetch throws */
  make: () => Promise<void>;
  /** The shapes moved: changes of access may have settled. */
  onView: (view: SyncView) => void;
  /** Rows by shape, now; those of the last contact where the replica can't say. */
  counted: () => Promise<RowCounts>;
};

type Options = {
  kept: KeptSession;
  replica: () => HeldReplica | null;
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
  const count = createRowCounter();
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
    const held = await count(replica);
    const { seenChange } = kept.now();
    const answer = await ask((server) =>
      server.session.contact({ version, replica: name, counter, held, waiting: waiting(), seenChange }),
    );
    if (options.replica() !== replica || replica.broken()) return;
    if (answer.older) return onOlder(replica, held);
    // On the disk before the next contact is made: the server takes that as proof that this copy is the newest.
    await replica.rows("update desk_contact set counter = $1, contact_at = now()", [answer.counter]);
    await kept.change((before) => ({ ...answered(before, answer, counter === 0), lease: leaseFrom(now()), held }));
    if (kept.now().pending) replica.retry();
    onContact();
  }

  /** Changes whose rows are on their way out are kept until they are gone; a fresh replica never had them. */
  function answered(
    before: Kept,
    { person, terms, changes }: { person: Person; terms: Terms; changes: AccessChange[] },
    fresh: boolean,
  ): Partial<Kept> {
    const seenChange = changes.at(-1)?.id ?? before.seenChange;
    if (changes.length === 0 || fresh) return { person, terms, seenChange };
    const held = before.pending?.held ?? before.held;
    // The shapes' own clock: what they say to be up to date since then has the changes in it.
    const since = new Date().toISOString();
    return {
      person,
      terms,
      seenChange,
      pending: { changes: [...(before.pending?.changes ?? []), ...changes], held, since },
    };
  }

  async function settle(): Promise<void> {
    const { pending } = kept.now();
    const replica = options.replica();
    if (!pending || !replica || replica.broken()) return;
    const held = await count(replica);
    if (options.replica() !== replica || kept.now().pending !== pending) return;
    const removed = removedBetween(pending.held, held);
    const at = new Date(now()).toISOString();
    const { changes } = pending;
    await kept.change(({ notices, receipts }) => ({
      pending: null,
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
    onView: ({ event, asOf }) => {
      const { pending } = kept.now();
      if (!pending || settling || event !== "upToDate" || asOf === null || asOf <= pending.since) return;
      settling = true;
      settle()
        .catch((error: unknown) => log(`contact: changes not settled (${String(error)})`))
        .finally(() => {
          settling = false;
        });
    },
    counted: async () => {
      const replica = options.replica();
      if (!replica || replica.broken() || replica.view() === null) return kept.now().held;
      return count(replica).catch(() => kept.now().held);
    },
  };
}

/** What is owed to the server because rows left the disk. */
export const receiptOf = (
  reason: OwedReceipt["reason"],
  removed: RowCounts,
  at: number,
  changes: string[] = [],
): OwedReceipt => ({ id: randomUUID(), reason, changes, removed, purgedAt: new Date(at).toISOString() });
