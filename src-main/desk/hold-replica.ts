import type { Worker } from "node:worker_threads";
import type { Kysely } from "kysely";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { DB } from "#shared/schema/database.ts";
import { replicaKysely } from "../replica/kysely-dialect.ts";
import { openReplica, type Replica } from "../replica/open-replica.ts";
import type { Broken, Erased } from "../replica/protocol.ts";
import { WrongKey } from "../replica/wrong-key.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { type AnswerCache, createAnswerCache } from "./answer-cache.ts";

/** One person's replica, open or on the way. Questions asked meanwhile wait for it. */
export type HeldReplica = {
  db: Kysely<DB>;
  cache: AnswerCache;
  rows: <T>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;
  /** Null until it is open. */
  view: () => SyncView | null;
  /** Follows the server, or goes on following it with a newer token. */
  follow: (token: string) => void;
  /** The person's roles may be others now: follows what they may hold, and lets the rest go. */
  reshape: () => void;
  unfollow: () => void;
  following: () => boolean;
  retry: () => void;
  /** True when it can't go on and must be opened again. */
  broken: () => boolean;
  close: () => Promise<void>;
};

type Options = {
  folder: string;
  key: Uint8Array;
  /** The thread that it is to live in. */
  thread: () => Worker;
  server: string;
  /** What the person's replica consists of, now. */
  shapes: () => ShapeName[];
  onOpened: (view: SyncView, erased: Erased | null) => void;
  onView: (view: SyncView) => void;
  onBroken: (broken: Broken) => void;
};

/** Opens the replica in a folder. Gives it at once; what is to be known of it is told. */
export function holdReplica({ folder, key, thread, server, shapes, onOpened, onView, onBroken }: Options): HeldReplica {
  const cache = createAnswerCache();
  let current: Replica | null = null;
  let following: { token: string; shapes: ShapeName[] } | null = null;
  let broken = false;
  let closed = false;

  const breakDown = (problem: Broken) => {
    if (closed || broken) return;
    broken = true;
    onBroken(problem);
  };
  const opening = openReplica({
    folder,
    key,
    thread,
    onView: (view) => {
      if (!closed && !broken && current) onView(view);
    },
    onBroken: breakDown,
  }).then((replica) => {
    current = replica;
    if (!closed) onOpened(replica.view(), replica.erased);
    return replica;
  });
  opening.catch((error: Error) =>
    // Another key's files are of no use to anybody any more: they are as good as damaged.
    breakDown({ kind: error instanceof WrongKey ? "damaged" : "other", problem: error.message }),
  );
  const query = async (sql: string, parameters: readonly unknown[] = []) => (await opening).query(sql, parameters);

  const follow = (token: string) => {
    const next = { token, shapes: shapes() };
    if (following?.shapes.join() === next.shapes.join()) current?.retoken(token);
    else current?.follow(server, token, next.shapes);
    following = current && next;
  };

  return {
    db: replicaKysely({ query }),
    cache,
    rows: async <T>(sql: string, parameters?: readonly unknown[]) => (await query(sql, parameters)).rows as T[],
    view: () => current?.view() ?? null,
    follow,
    reshape: () => {
      if (following) follow(following.token);
    },
    unfollow: () => {
      following = null;
      current?.unfollow();
    },
    following: () => following !== null,
    retry: () => current?.retry(),
    broken: () => broken,
    close: async () => {
      closed = true;
      const replica = await opening.catch(() => null);
      await replica?.close();
    },
  };
}
