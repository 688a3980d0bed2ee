import { join } from "node:path";
import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { replicaKysely } from "../replica/kysely-dialect.ts";
import { openReplica, type Replica } from "../replica/open-replica.ts";
import type { Session } from "../session/session.ts";
import type { SyncView } from "../sync/sync-view.ts";
import { type AnswerCache, createAnswerCache } from "./answer-cache.ts";
import type { StatusBoard } from "./status-board.ts";

/** One person's replica, open or on the way. Questions asked meanwhile wait for it. */
export type HeldReplica = {
  userId: string;
  db: Kysely<DB>;
  cache: AnswerCache;
  follow: (token: string) => void;
  retry: () => void;
  /** True when it can't go on and must be opened again. */
  broken: () => boolean;
  close: () => Promise<void>;
};

type Options = { home: string; session: Session; board: StatusBoard; log: (line: string) => void };

/** Opens the person's replica and follows the server with the session. Gives it at once; the board says how it goes. */
export function holdReplica({ home, session, board, log }: Options): HeldReplica {
  const cache = createAnswerCache();
  let token = session.token;
  let current: Replica | null = null;
  let broken = false;
  let closed = false;

  const known = ({ asOf, usable, progress, revision, problem }: SyncView) => ({
    asOf,
    usable,
    progress,
    revision,
    problem,
  });
  const onView = (view: SyncView) => {
    if (!closed && !broken) board.tell(view.event, known(view));
  };
  const onBroken = (problem: string) => {
    if (closed || broken) return;
    broken = true;
    log(`replica: ${problem}`);
    board.tell("broken", { problem: sentence(problem), progress: null });
  };

  const opening = openReplica({ folder: join(home, "replicas", session.person.id), onView, onBroken }).then(
    (replica) => {
      current = replica;
      if (replica.erased !== null) log(`replica: begun anew, because ${replica.erased}`);
      if (!closed) {
        board.tell("opened", known(replica.view()));
        replica.follow(session.server, token);
      }
      return replica;
    },
  );
  opening.catch((error: Error) => onBroken(error.message));

  return {
    userId: session.person.id,
    db: replicaKysely({ query: async (sql, parameters) => (await opening).query(sql, parameters) }),
    cache,
    follow: (next) => {
      token = next;
      current?.follow(session.server, token);
    },
    retry: () => current?.retry(),
    broken: () => broken,
    close: async () => {
      closed = true;
      const replica = await opening.catch(() => null);
      await replica?.close();
    },
  };
}

/** Out of PostgreSQL's words into what a person can do. */
function sentence(problem: string): string {
  if (/no space|disk full|ENOSPC/i.test(problem)) return "The disk is full. Free some room on it, then connect again.";
  if (/replica|disk/i.test(problem)) return problem;
  return `The desk's copy of the data can't go on (${problem}). Connect again to open it anew.`;
}
