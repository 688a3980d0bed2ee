import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { lockFolder } from "./lock.ts";
import type { Broken, Erased, FromWorker, ToOpen, ToWorker } from "./protocol.ts";
import { resources } from "./resources.ts";
import { schemaFiles } from "./schema-files.ts";
import { replicaThread } from "./spare-thread.ts";
import { hasTemplate } from "./template.ts";
import { WrongKey } from "./wrong-key.ts";

/** A replica as the main process holds it: its database lives in a thread of its own. */
export type Replica = {
  /** Why it was begun anew when it was opened; null when it is as it was left. */
  erased: Erased | null;
  query: (sql: string, parameters?: readonly unknown[]) => Promise<{ rows: unknown[]; affected: number }>;
  view: () => SyncView;
  /** @param shapes what the person's replica consists of: the rows of other shapes leave */
  follow: (server: string, token: string, shapes: ShapeName[]) => void;
  /** The same session goes on with a newer token; nothing is asked again. */
  retoken: (token: string) => void;
  unfollow: () => void;
  retry: () => void;
  close: () => Promise<void>;
};

type Options = {
  folder: string;
  /** What its files are encrypted with: 32 random bytes, of which the replica makes a copy. */
  key: Uint8Array;
  /** The thread that it lives in: one that was begun before, or a new one. */
  thread?: () => Worker;
  /** At every change of the view. */
  onView: (view: SyncView) => void;
  /** An open replica can't go on. */
  onBroken: (broken: Broken) => void;
};

/**
 * So long a replica may take to write down what it has. PostgreSQL tries for ever where the disk is full; ended in the middle of that it loses
 * nothing, for every commit is in the log.
 */
const closeWithin = 15_000;

/** Locks and opens the replica in a folder. @throws WrongKey when it is encrypted with another key; or an Error for people */
export async function openReplica({
  folder,
  key,
  thread = replicaThread,
  onView,
  onBroken,
}: Options): Promise<Replica> {
  const unlock = await lockFolder(folder);
  const schema = join(resources(), "schema");
  const start = (worker: Worker, make: boolean) => {
    const first: ToOpen = { kind: "open", folder, schema, key: Uint8Array.from(key), make };
    // Moved, not copied: the thread overwrites it when it has derived its keys.
    worker.postMessage(first, [first.key.buffer]);
    return worker;
  };
  // Making a replica takes half a gigabyte more than using one: a thread of its own gives it back. A template makes it needless.
  if (!existsSync(join(folder, "data/PG_VERSION")) && !hasTemplate(await schemaFiles(schema)))
    await new Promise((resolve) => start(replicaThread(), true).once("exit", resolve));
  const worker = start(thread(), false);
  const waiting = new Map<
    number,
    { resolve: (rows: { rows: unknown[]; affected: number }) => void; reject: (error: Error) => void }
  >();
  // A thread has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const say = (message: ToWorker) => worker.postMessage(message);
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve())).then(unlock);
  let last = 0;
  let problem: string | null = null;

  let isOpen = false;

  const fail = (broken: Broken) => {
    if (problem === null && isOpen) onBroken(broken);
    problem ??= broken.problem;
    for (const { reject } of waiting.values()) reject(new Error(broken.problem));
    waiting.clear();
  };
  const close = async () => {
    const late = setTimeout(() => void worker.terminate(), closeWithin);
    if (problem === null) say({ kind: "close" });
    else await worker.terminate();
    await ended;
    clearTimeout(late);
    problem ??= "The replica is closed.";
  };

  const opened = Promise.withResolvers<{ erased: Erased | null; view: SyncView }>();
  let view: SyncView;
  worker.on("message", (message: FromWorker) => {
    switch (message.kind) {
      case "opened":
        return opened.resolve(message);
      case "rows":
        waiting.get(message.id)?.resolve(message);
        return void waiting.delete(message.id);
      case "error":
        waiting.get(message.id)?.reject(Object.assign(new Error(message.message), { code: message.code }));
        return void waiting.delete(message.id);
      case "view":
        view = message.view;
        return onView(view);
      case "broken":
        opened.reject(new Error(message.broken.problem));
        return fail(message.broken);
      case "wrongKey":
        return opened.reject(new WrongKey());
      case "closed":
        // A database that was given up for damaged may still keep the thread alive.
        return void worker.terminate();
    }
  });
  worker.on("error", (error: Error) => {
    opened.reject(error);
    fail({ kind: "other", problem: `The replica stopped: ${error.message}` });
  });
  worker.on("exit", () => {
    opened.reject(new Error("The replica's thread ended before it was open."));
    fail({ kind: "other", problem: "The replica is closed." });
  });

  try {
    const first = await opened.promise;
    view = first.view;
    isOpen = true;
    return {
      erased: first.erased,
      view: () => view,
      query: (sql, parameters = []) =>
        new Promise((resolve, reject) => {
          if (problem !== null) return reject(new Error(problem));
          const id = ++last;
          waiting.set(id, { resolve, reject });
          say({ kind: "query", id, sql, parameters: [...parameters] });
        }),
      follow: (server, token, shapes) => say({ kind: "follow", server, token, shapes }),
      retoken: (token) => say({ kind: "token", token }),
      unfollow: () => say({ kind: "unfollow" }),
      retry: () => say({ kind: "retry" }),
      close,
    };
  } catch (error) {
    await worker.terminate();
    await ended;
    throw error;
  }
}
