import { Client, type ClientConfig } from "pg";
import { must } from "#shared/kit/must.ts";
import { sessionOptions } from "../database/pool.ts";
import type { Lsn } from "./lsn.ts";
import { readMessage, type WalMessage } from "./pgoutput.ts";

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
  const state = { stopped: false, streaming: false, end: 0n, acknowledged: 0n, open: false };
  let client: Client | null = null;
  let waiting: (() => Promise<void>)[] = [];
  let held: Buffer[] | null = null;
  let loop: Promise<void> = Promise.resolve();
  let first: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  let wake = () => {};

  const answer = () => {
    if (!client || !state.streaming) return;
    const status = Buffer.alloc(34);
    status.write("r");
    for (const at of [1, 9, 17]) status.writeBigUInt64BE(state.acknowledged, at);
    // Microseconds since 2000, as PostgreSQL counts time.
    status.writeBigInt64BE((BigInt(Date.now()) - 946_684_800_000n) * 1000n, 25);
    (client.connection as unknown as { sendCopyFromChunk: (chunk: Buffer) => void }).sendCopyFromChunk(status);
  };

  const take = (chunk: Buffer) => {
    if (chunk[0] === 0x6b) {
      state.end = chunk.readBigUInt64BE(1);
      if (!state.open) options.onIdle(state.end);
      if (chunk[17] === 1) answer();
      return;
    }
    const message = readMessage(chunk.subarray(25));
    const end = chunk.readBigUInt64BE(9);
    if (end > state.end) state.end = end;
    if (message.tag === "begin") state.open = true;
    options.onMessage(message);
    if (message.tag === "commit") state.open = false;
  };

  /** Lets those who wait for a gap between transactions have it, one after the other, and then catches up. */
  const giveWay = () => {
    if (held || state.open || waiting.length === 0) return;
    const mine: Buffer[] = [];
    held = mine;
    const socket = client ? stream(client) : null;
    socket?.pause();
    const turns = waiting;
    waiting = [];
    void (async () => {
      for (const turn of turns) await turn();
      if (held === mine) held = null;
      for (const chunk of mine.splice(0)) guarded(() => take(chunk));
      socket?.resume();
      giveWay();
    })();
  };

  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      options.log(`The stream of changes is read again: ${(error as Error).message}`);
      if (client) stream(client).destroy(error as Error);
    }
  };

  const connect = async () => {
    state.acknowledged = await options.prepare();
    const mine = new Client({
      connectionString: options.url,
      application_name: "careboard shapes",
      options: sessionOptions,
      keepAlive: true,
      // Known to pg, not to its types.
      replication: "database",
    } as ClientConfig);
    const ended = new Promise<Error>((resolve) => {
      mine.on("error", resolve);
      mine.on("end", () => resolve(new Error("PostgreSQL ended the connection")));
    });
    client = mine;
    const ticking = setInterval(answer, patience);
    try {
      await mine.connect();
      const started = new Promise<void>((resolve) => {
        mine.connection.once("replicationStart", resolve);
        mine.connection.once("copyBothResponse", resolve);
      });
      mine.connection.on("copyData", ({ chunk }: { chunk: Buffer }) => {
        if (mine !== client || state.stopped) return;
        resolveStreaming();
        if (held) held.push(Buffer.from(chunk));
        else {
          guarded(() => take(chunk));
          giveWay();
        }
      });
      const query = mine.query(
        `START_REPLICATION SLOT "${options.slot}" LOGICAL 0/0 (proto_version '1', publication_names '${options.publication}')`,
      );
      const failed = query.then(
        () => new Error("PostgreSQL ended the stream"),
        (error: unknown) => error,
      );
      const outcome = await Promise.race([started.then(() => null), failed, ended]);
      if (outcome) throw outcome;
      resolveStreaming();
      throw await Promise.race([failed, ended]);
    } finally {
      clearInterval(ticking);
      state.streaming = false;
      state.open = false;
      client = null;
      held = null;
      stream(mine).destroy();
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
      if (last) await new Promise<void>((resolve) => stream(last).end(() => resolve()));
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

const stream = (client: Client) =>
  must((client.connection as unknown as { stream?: import("node:net").Socket }).stream, "the connection's socket");
