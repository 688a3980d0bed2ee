import { randomUUID } from "node:crypto";
import type { Worker } from "node:worker_threads";
import { shapesOf } from "#shared/access/shapes-of.ts";
import type { DeskNotice } from "#shared/contract/desk-contract.ts";
import type { RowCounts } from "#shared/contract/session.ts";
import { eraseReplica } from "../replica/erase-replica.ts";
import type { Broken } from "../replica/protocol.ts";
import { type Kept, type KeptSession, keptSession, type OwedReceipt } from "../session/kept-session.ts";
import { createTokens, type Ended, type Tokens } from "../session/tokens.ts";
import { openWaiting, type Waiting } from "../session/waiting.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { createConnection } from "./connection.ts";
import { type Contact, createContact, receiptOf } from "./contact.ts";
import { createDeliver } from "./deliver.ts";
import { type HeldReplica, holdReplica } from "./hold-replica.ts";
import { replicaProblem } from "./replica-problem.ts";
import { type ServerClient, serverClient } from "./server-client.ts";
import { nothing, shown, type StatusBoard } from "./status-board.ts";
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
  /** Rows by shape, to be told before they are erased. The replica is opened for it where it is not open yet. */
  countRows: () => Promise<RowCounts>;
  replica: () => HeldReplica | null;
  /** Asks the server as this person, with a token that is good. @throws what the server answers, or what fetch throws */
  ask: <T>(work: (server: ServerClient) => Promise<T>) => Promise<T>;
  /** Begins to open the replica while somebody is still showing who they are. */
  warm: () => void;
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
  /** What its replicas live in. */
  thread: () => Worker;
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

/** A contact at least this often, while there is a connection. */
const contactEvery = 60_000;

export async function createSeat(options: Options): Promise<Seat> {
  const { server, folder, key, first, thread, version, board, now, log, onChange, onEnded, onUnfit } = options;
  const userId = first.person.id;
  const kept = keptSession(folder, key, first);
  await kept.change({});
  const waiting = await openWaiting(folder, key, log);
  let replica: HeldReplica | null = null;
  let closed = false;
  let announced = false;

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
  const shapes = () => shapesOf(kept.now().person.roles);
  const contact = createContact({
    kept,
    replica: () => replica,
    shapes,
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
      if (replica) void connection.askAgain(replica);
      return;
    }
    const before = board.now().state;
    board.tell(view.event, shown(view));
    const after = board.now().state;
    // Connected again; everything fetched; or behind all at once, as when access was changed and other rows are to be fetched.
    if (before !== after && (after === "live" || (after === "syncing" && ["offline", "live"].includes(before)))) {
      contact.countAnew();
      contactQuietly();
    }
    contact.onView(view);
  };
  const onBroken = (of: () => HeldReplica | null) => (broken: Broken) => {
    log(`replica: ${broken.problem}`);
    const held = of();
    if (broken.kind === "damaged" && held) return onUnfit("damaged", held, kept.now().held);
    board.tell("broken", { problem: replicaProblem(broken), progress: null });
  };

  const connection = createConnection({
    kept,
    tokens,
    contact,
    replica: () => replica,
    ask,
    board,
    now,
    onConnected: carry,
    onBack: () => {
      onChange();
      open();
    },
  });
  const { connect, refused } = connection;
  /** Begins to open the replica; nobody is told of it before `open`. */
  const warm = () => {
    if (replica || closed || kept.now().erasedAt !== null) return;
    const mine = holdReplica({
      folder,
      key,
      thread,
      server,
      shapes,
      onOpened: (view, erased) => {
        if (erased) log(`replica: begun anew, because ${erased.detail}`);
        if (erased?.why === "damaged")
          owe("damaged", "damaged", kept.now().held).then(onChange, (error: unknown) =>
            log(`replica: not written down (${String(error)})`),
          );
        if (replica === mine && announced) opened(view);
      },
      onView: (view) => replica === mine && announced && onView(view),
      onBroken: onBroken(() => (replica === mine ? mine : null)),
    });
    replica = mine;
  };
  const opened = (view: SyncView | null) => {
    board.tell("opened", view ? shown(view) : {});
    connect();
  };
  const open = (): void => {
    if (closed) return;
    if (replica?.broken())
      return void reopen().catch((error: unknown) => log(`replica: not opened anew (${String(error)})`));
    if (announced && replica) return connect();
    announced = true;
    board.tell("signIn", { ...nothing });
    warm();
    const view = replica?.view() ?? null;
    if (view || kept.now().erasedAt !== null) opened(view);
  };
  const reopen = async () => {
    await shut();
    open();
  };
  const owe = (reason: OwedReceipt["reason"], notice: DeskNotice["kind"] | null, removed: RowCounts) =>
    kept.change(({ receipts, notices }) => ({
      receipts: [...receipts, receiptOf(reason, removed, now())],
      notices: notice
        ? [...notices, { id: randomUUID(), kind: notice, changes: [], removed, at: new Date(now()).toISOString() }]
        : notices,
    }));

  const shut = async () => {
    connection.stop();
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
    countRows: async () => {
      if (replica || kept.now().erasedAt !== null) return contact.counted(replica);
      const only = holdReplica({
        folder,
        key,
        thread,
        server,
        shapes,
        onOpened: () => {},
        onView: () => {},
        onBroken: () => {},
      });
      try {
        return await contact.counted(only);
      } finally {
        await only.close();
      }
    },
    replica: () => replica,
    ask,
    warm,
    open,
    reopen,
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
