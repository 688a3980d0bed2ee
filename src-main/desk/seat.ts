import { randomUUID } from "node:crypto";
import { ORPCError } from "@orpc/client";
import { shapesOf } from "#shared/access/shapes-of.ts";
import type { DeskNotice, DeskStatus } from "#shared/contract/desk-contract.ts";
import type { RowCounts } from "#shared/contract/session.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { backOff } from "#shared/sync/back-off.ts";
import { eraseReplica } from "../replica/erase-replica.ts";
import type { Broken } from "../replica/protocol.ts";
import { type Kept, type KeptSession, keptSession, type OwedReceipt } from "../session/kept-session.ts";
import { leaseFrom } from "../session/lease.ts";
import { createTokens, type Ended, sessionOver, type Tokens } from "../session/tokens.ts";
import { openWaiting, type Waiting } from "../session/waiting.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { type Contact, createContact, receiptOf } from "./contact.ts";
import { createDeliver } from "./deliver.ts";
import { type HeldReplica, holdReplica } from "./hold-replica.ts";
import { replicaProblem } from "./replica-problem.ts";
import { type ServerClient, serverClient } from "./server-client.ts";
import type { StatusBoard } from "./status-board.ts";
import { createWriteDown, type WriteDown } from "./write-down.ts";

/** One person at this desk: their key is here, their session goes on, their replica is open. Whether anybody may look is the door's part. */
export type Seat = {
  userId: string;
  folder: string;
  key: Uint8Array;
  kept: KeptSession;
  tokens: Tokens;
  waiting: Waiting;
  writeDown: WriteDown;
  contact: Contact;
  replica: () => HeldReplica | null;
  /** Asks the server as this person, with a token that is good. @throws what the server answers, or what fetch throws */
  ask: <T>(work: (server: ServerClient) => Promise<T>) => Promise<T>;
  /** Opens the replica where none is open, and connects. */
  open: () => void;
  /** Opens a replica again that can't go on. */
  reopen: () => Promise<void>;
  /** Goes on with the session's tokens: contact, then the shapes. Tries until it works, or the session is over. */
  connect: () => void;
  /** The server doesn't take this session any more: what is held stays. */
  refused: () => void;
  /** Erases the replica and leaves none open. The reason is owed to the server, and told to the person where `notice` says so. */
  erase: (reason: OwedReceipt["reason"], notice: DeskNotice["kind"] | null, removed: RowCounts) => Promise<void>;
  close: () => Promise<void>;
};

type Options = {
  server: string;
  folder: string;
  key: Uint8Array;
  first: Kept;
  version: string;
  board: StatusBoard;
  now: () => number;
  log: (line: string) => void;
  /** Something of what the status shows besides the replica changed. */
  onChange: () => void;
  /** The server ended the session of this refresh token. */
  onEnded: (ended: Ended, of: string | null) => void;
  /** The replica can't be gone on with and is to be fetched anew; `seat.erase` and `seat.open` do it. */
  onUnfit: (reason: "damaged" | "older", of: HeldReplica, removed: RowCounts) => void;
};

export const nothing = {
  asOf: null,
  usable: false,
  progress: null,
  problem: null,
  revision: Object.fromEntries(shapeName.options.map((n) => [n, 0])) as DeskStatus["revision"],
};
const known = ({ asOf, usable, progress, revision, problem }: SyncView) => ({
  asOf,
  usable,
  progress,
  revision,
  problem,
});

/** A contact at least this often, while there is a connection. */
const contactEvery = 60_000;
/** Until then every shape has heard of a newer token. */
const refusedAgain = 2_000;

export async function createSeat(options: Options): Promise<Seat> {
  const { server, folder, key, first, version, board, now, log, onChange, onEnded, onUnfit } = options;
  const userId = first.person.id;
  const kept = keptSession(folder, key, first);
  await kept.change({});
  const waiting = await openWaiting(folder, key, log);
  let replica: HeldReplica | null = null;
  let closed = false;
  let connecting: AbortController | null = null;
  let askingAgain = false;

  const tokens = createTokens({
    kept,
    refresh: (refreshToken) => serverClient(server, null).session.refresh({ refreshToken }),
    onToken: (token) => {
      if (replica?.following()) replica.follow(token);
    },
    onEnded,
    log,
  });

  async function ask<T>(work: (server: ServerClient) => Promise<T>): Promise<T> {
    const token = await tokens.get();
    try {
      return await work(serverClient(server, token));
    } catch (error) {
      const ended = tokens.endOf(error);
      if (!ended) throw error;
      if (ended.reason !== "expired") {
        onEnded(ended, kept.now().refreshToken);
        throw error;
      }
      return work(serverClient(server, await tokens.renew(token)));
    }
  }

  const deliver = createDeliver({ kept, waiting, ask, onDelivered: onChange, log });
  const carry = () => {
    if (!closed && replica?.following()) deliver().catch(() => {});
  };
  const contact = createContact({
    kept,
    replica: () => replica,
    ask,
    version,
    waiting: () => waiting.count(),
    now,
    onContact: () => {
      replica?.reshape();
      onChange();
      carry();
    },
    onOlder: (of, held) => onUnfit("older", of, held),
    onSettled: () => {
      onChange();
      carry();
    },
    log,
  });
  const contactQuietly = () => void contact.make().catch(() => {});
  const writeDown = createWriteDown(waiting, now, () => {
    onChange();
    carry();
  });

  const onView = (view: SyncView) => {
    if (view.event === "refused") {
      if (replica) void askAgain(replica);
      return;
    }
    const before = board.now().state;
    board.tell(view.event, known(view));
    const after = board.now().state;
    // Connected again; or behind all at once, as when access was changed and other rows are to be fetched.
    if ((before === "offline" && ["syncing", "live"].includes(after)) || (before === "live" && after === "syncing"))
      contactQuietly();
    contact.onView(view);
  };
  /** The server refused a shape: the token was too old, or the session is over. The session's own verbs say which. */
  const askAgain = async (of: HeldReplica) => {
    if (askingAgain) return;
    askingAgain = true;
    const refusing = () => replica === of && of.view()?.event === "refused";
    for (let tries = 0; tries < 2 && refusing(); tries++) {
      try {
        of.follow(await tokens.renew(tokens.last() ?? ""));
        contactQuietly();
      } catch (error) {
        if (!(error instanceof ORPCError && error.status === 401)) connect();
      }
      await pause(refusedAgain, new AbortController().signal);
    }
    askingAgain = false;
    const view = of.view();
    // With tokens that the session's own verbs take, it is refused for good.
    if (replica === of && view?.event === "refused") board.tell("refused", known(view));
  };
  const onBroken = (of: () => HeldReplica | null) => (broken: Broken) => {
    log(`replica: ${broken.problem}`);
    const held = of();
    if (broken.kind === "damaged" && held) return onUnfit("damaged", held, kept.now().held);
    board.tell("broken", { problem: replicaProblem(broken), progress: null });
  };

  const open = () => {
    if (replica || closed) return connect();
    board.tell("signIn", { ...nothing });
    if (kept.now().erasedAt !== null) {
      board.tell("opened");
      return connect();
    }
    const mine = holdReplica({
      folder,
      key,
      server,
      shapes: () => shapesOf(kept.now().person.roles),
      onOpened: (view, erased) => {
        if (erased) log(`replica: begun anew, because ${erased.detail}`);
        if (erased?.why === "damaged") void owe("damaged", "damaged", kept.now().held).then(onChange);
        board.tell("opened", known(view));
        connect();
      },
      onView: (view) => replica === mine && onView(view),
      onBroken: onBroken(() => (replica === mine ? mine : null)),
    });
    replica = mine;
  };

  /** The session first, then a contact, then the rows: an old copy is noticed before anything is added to it. */
  const connect = () => {
    connecting?.abort();
    const attempt = new AbortController();
    connecting = attempt;
    void (async () => {
      for (let tries = 1; !attempt.signal.aborted; tries++) {
        try {
          const token = await tokens.get();
          if (attempt.signal.aborted) return;
          if (kept.now().erasedAt !== null) {
            // What was erased for want of contact is fetched anew, once the server has answered: a token that still looks good is no contact.
            await ask((s) => s.session.current());
            await kept.change({ erasedAt: null, lease: leaseFrom(now()) });
            onChange();
            return open();
          }
          await contact.make().catch((error: unknown) => {
            // A server that can't answer this one verb can still give rows.
            if (tokens.endOf(error) || (error instanceof ORPCError && error.status === 401)) throw error;
          });
          if (attempt.signal.aborted) return;
          replica?.follow(token);
          carry();
          return;
        } catch (error) {
          if (attempt.signal.aborted) return;
          if (error instanceof ORPCError && error.status === 401) return refused();
          if (!replica?.following()) board.tell("cut");
        }
        await pause(backOff(tries, Math.random()), attempt.signal);
      }
    })();
  };
  const refused = () => {
    connecting?.abort();
    replica?.unfollow();
    board.tell("refused", { problem: sessionOver().message });
  };
  const owe = (reason: OwedReceipt["reason"], notice: DeskNotice["kind"] | null, removed: RowCounts) =>
    kept.change(({ receipts, notices }) => ({
      receipts: [...receipts, receiptOf(reason, removed, now())],
      notices: notice
        ? [...notices, { id: randomUUID(), kind: notice, changes: [], removed, at: new Date(now()).toISOString() }]
        : notices,
    }));

  const shut = async () => {
    connecting?.abort();
    const old = replica;
    replica = null;
    await old?.close();
  };

  const beat = setInterval(() => {
    if (replica?.following() && board.now().state !== "offline") contactQuietly();
  }, contactEvery);
  beat.unref();

  return {
    userId,
    folder,
    key,
    kept,
    tokens,
    waiting,
    writeDown,
    contact,
    replica: () => replica,
    ask,
    open,
    reopen: async () => {
      await shut();
      open();
    },
    connect,
    refused,
    erase: async (reason, notice, removed) => {
      await shut();
      // Owed before it is done: a crash in between erases again at the next start, and says so once.
      await owe(reason, notice, removed);
      await eraseReplica(folder);
      await kept.change({ held: {}, told: {}, pending: null });
      await writeDown({ action: "purge", subject: "replica", detail: { reason, rows: total(removed) } });
    },
    close: async () => {
      closed = true;
      clearInterval(beat);
      tokens.stop();
      await shut();
      await kept.close();
      await waiting.close();
    },
  };
}

export const total = (counts: RowCounts): number => Object.values(counts).reduce((sum, rows) => sum + rows, 0);

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    timer.unref();
    signal.addEventListener("abort", end);
  });
