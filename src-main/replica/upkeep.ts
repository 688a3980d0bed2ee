import type { PGlite } from "@electric-sql/pglite";
import { statistics } from "./statistics.ts";
import type { Turns } from "./turns.ts";

const megabyte = 1024 * 1024;
/** PGlite never checkpoints by itself, and opening after 482 MB of log took 6 s: often enough to open at once. */
const mostLog = 64 * megabyte;
const idleBeforeCheckpoint = 3_000;
const idleBeforeVacuum = 20_000;

export type Upkeep = {
  /** To be told of rows that changed. */ changed: (table: string, rows: number) => void;
  /** Resolves once nothing of it is under way any more. */
  stop: () => Promise<void>;
};

/**
 * Does what a PostgreSQL with background workers does by itself: checkpoints by size and when idle, statistics, vacuum when idle.
 * Idle is a replica that nobody asks and whose rows stay as they are. `also` is done with it, each time.
 */
export function startUpkeep(
  pg: PGlite,
  turns: Turns,
  onError: (error: unknown) => void,
  also: (stopped: () => boolean) => Promise<void> = async () => {},
): Upkeep {
  const dead = new Map<string, number>();
  let stale = 0;
  let counted = 0;
  let checkpointed = 0;
  let busy = false;
  let stopped = false;
  let tending = Promise.resolve();
  let changedAt = performance.now();

  const position = async (): Promise<number> => {
    const { rows } = await pg.query<{ at: string }>("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as at");
    return Number(rows[0]?.at ?? 0);
  };

  async function tend(): Promise<void> {
    const idle = Math.min(turns.sinceRead(), performance.now() - changedAt);
    const log = await turns.write(async () => {
      const at = await position();
      const since = at - (checkpointed || at);
      checkpointed ||= at;
      return since;
    });
    if (log > mostLog || (idle > idleBeforeCheckpoint && log > megabyte)) {
      await turns.write(() => pg.exec("checkpoint"));
      checkpointed = await turns.write(position);
    }
    // Plans for an empty table are poor plans for a full one, so statistics don't wait for idleness: anew whenever the table has quadrupled.
    if (stale > Math.max(5_000, 3 * counted) || (stale > 0 && idle > idleBeforeVacuum)) {
      counted += stale;
      stale = 0;
      await turns.write(() => pg.exec(statistics));
    }
    if (idle > idleBeforeVacuum)
      for (const [table, rows] of dead)
        if (rows > 500) {
          dead.delete(table);
          // Without statistics of all columns: they would keep what is frequent in them, callers among it.
          await turns.write(() => pg.exec(`vacuum ${table}`));
        }
    await also(() => stopped);
  }

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    tending = tend()
      .catch(onError)
      .finally(() => (busy = false));
  }, 1_000);
  return {
    changed: (table, rows) => {
      changedAt = performance.now();
      stale += rows;
      const also = table === "calls" ? ["calls_by_hour", "calls_by_agent", "calls_by_type", "calls_by_queue"] : [];
      for (const t of [table, ...also]) dead.set(t, (dead.get(t) ?? 0) + rows);
    },
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return tending;
    },
  };
}
