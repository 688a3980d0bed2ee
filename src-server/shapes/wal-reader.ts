import type { Client } from "pg";
import type { Lsn } from "./lsn.ts";
import { readMessage, type WalMessage } from "./pgoutput.ts";
import { received, replicationClient, standbyStatus, startReplication, wire } from "./replication-wire.ts";

export type WalReader = {
  /** Resolves once PostgreSQL streams for the first time. @throws what stopped it before that */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** All that was committed before this is on disk: PostgreSQL may forget it. */
  acknowledge: (lsn: Lsn) => void;
  /** Runs `work` between two transactions; the stream waits meanwhile. */
  between: <T>(work: () => Promise<T>) => Promise<T>;
  readonly streaming: boolean;
  /** How far PostgreSQL's log reaches, as far as it said. */
  readonly end: Lsn;
  readonly acknowledged: Lsn;
};

type Options = {
  url: string;
  slot: string;
  publication: string;
  /** Before each connection: makes sure that the slot is there and fits what is stored; gives what is acknowledged already. */
  prepare: () => Promise<Lsn>;
  /** Whether the rows of a relation's changes are worth reading. */
  wants: (relation: number) => boolean;
  onMessage: (message: WalMessage) => void;
  /** All that committed before `end` has been sent. */
  onIdle: (end: Lsn) => void;
  /** The stream was cut, maybe in the middle of a transaction. */
  onCut: () => void;
  log: (text: string) => void;
};

const patience = 10_000;

/** Reads a replication slot for as long as the server lives, over restarts of PostgreSQL and broken connections. */
export function createWalReader(options: Options): WalReader {
  const state = { stopped: false, streaming: false, end: 0n, acknowledged: 0n, open: false, broken: false };
  let client: Client | null = null;
  let waiting: (() => Promise<void>)[] = [];
  let held: Buffer[] | null = null;
  let loop: Promise<void> = Promise.resolve();
  let first: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  let wake = () => {};

  const answer = () => {
    if (!client || !state.streaming) return;
    wire(client).sendCopyFromChunk(standbyStatus(state.acknowledged));
  };

  const take = (chunk: Buffer) => {
    const data = received(chunk);
    if (data.end > state.end) state.end = data.end;
    if (data.tag === "heartbeat") {
      if (!state.open) options.onIdle(data.end);
      if (data.answer) answer();
      return;
    }
    const message = readMessage(data.message, options.wants);
    if (message.tag === "begin") state.open = true;
    options.onMessage(message);
    if (message.tag === "commit") state.open = false;
  };

  /** Lets those who wait for a gap between transactions have it, one after the other, and then catches up. */
  const giveWay = () => {
    if (held || state.open || waiting.length === 0) return;
    const mine: Buffer[] = [];
    held = mine;
    if (client) wire(client).stream.pause();
    const turns = waiting;
    waiting = [];
    void (async () => {
      for (const turn of turns) await turn();
      held = null;
      // After a cut these are of the new connection, which begins with what was not acknowledged.
      for (const chunk of mine) guarded(chunk);
      if (client) wire(client).stream.resume();
      giveWay();
    })();
  };

  /** After a message that could not be handled the rest of the connection is worth nothing: it is all sent again. */
  const guarded = (chunk: Buffer) => {
    if (state.broken) return;
    try {
      take(chunk);
    } catch (error) {
      state.broken = true;
      options.log(`The stream of changes is read again: ${(error as Error).message}`);
      if (client) wire(client).stream.destroy(error as Error);
    }
  };

  const connect = async () => {
    state.acknowledged = await options.prepare();
    const mine = replicationClient(options.url);
    state.broken = false;
    client = mine;
    const ticking = setInterval(answer, patience);
    try {
      mine.connection.on("copyData", ({ chunk }: { chunk: Buffer }) => {
        if (mine !== client || state.stopped) return;
        resolveStreaming();
        if (held) held.push(Buffer.from(chunk));
        else {
          guarded(chunk);
          giveWay();
        }
      });
      const ended = await startReplication(mine, options.slot, options.publication);
      resolveStreaming();
      throw await ended.reason;
    } finally {
      clearInterval(ticking);
      state.streaming = false;
      state.open = false;
      client = null;
      held?.splice(0);
      wire(mine).stream.destroy();
      options.onCut();
      // Nobody is in the middle of a transaction any more: who waited for a gap has it.
      giveWay();
    }
  };

  const resolveStreaming = () => {
    state.streaming = true;
    first?.resolve();
    first = null;
  };

  const run = async () => {
    let delay = 50;
    while (!state.stopped) {
      const since = Date.now();
      try {
        await connect();
      } catch (error) {
        if (state.stopped) return;
        options.log(`No stream of changes from PostgreSQL: ${(error as Error).message}`);
        if (first) {
          first.reject(error);
          return;
        }
      }
      delay = Date.now() - since > patience ? 50 : Math.min(delay * 2, 5_000);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, delay);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    start: () =>
      new Promise<void>((resolve, reject) => {
        first = { resolve, reject };
        loop = run();
      }),
    stop: async () => {
      answer();
      state.stopped = true;
      wake();
      const last = client;
      // Gives the last acknowledgement a moment to leave.
      if (last) await new Promise<void>((resolve) => wire(last).stream.end(() => resolve()));
      await loop;
    },
    acknowledge: (lsn) => {
      if (lsn <= state.acknowledged) return;
      state.acknowledged = lsn;
      answer();
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => work().then(resolve, reject));
        giveWay();
      }),
    get streaming() {
      return state.streaming;
    },
    get end() {
      return state.end;
    },
    get acknowledged() {
      return state.acknowledged;
    },
  };
}
