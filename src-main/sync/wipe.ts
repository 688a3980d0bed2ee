import type { PGlite } from "@electric-sql/pglite";
import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import { statistics } from "../replica/statistics.ts";
import type { Turns } from "../replica/turns.ts";
import { isRollup } from "./is-rollup.ts";

/**
 * Sees to it that rows which were deleted are in no file of the replica any more, for who has its key too. A vacuum would only give
 * their room free, with the bytes in it: so tables are written anew, and with them whatever else had seen the rows: what was seen of
 * a shape fetched anew, staging tables, statistics (they keep frequent values), and the log. Questions are answered in between.
 * Gives false when it was stopped before it was through.
 */
export async function wipe(pg: PGlite, turns: Turns, shapes: ShapeName[], stopped: () => boolean): Promise<boolean> {
  const step = async (sql: string) => {
    if (!stopped()) await turns.write(() => pg.exec(sql));
  };
  // The first temporary table of a session clears away those of a session that was killed.
  await step("create temp table if not exists staged_nothing (); drop table staged_nothing");
  for (const shape of shapes) await step(`drop table if exists pg_temp.staged_${shape}`);
  const tables = [...shapes, ...(shapes.includes("calls") ? shapeName.options.filter(isRollup) : [])];
  for (const table of [...new Set<string>(tables), "sync_seen"]) await step(`vacuum full ${table}`);
  const list = tables.map((t) => `'${t}'::regclass`).join(", ");
  await step(`delete from pg_statistic where starelid in (${list})`);
  await step("vacuum full pg_statistic");
  if (shapes.includes("calls")) await step(statistics);
  if (!stopped()) await renewLog(pg, turns);
  return !stopped();
}

/**
 * Nothing of the log up to now stays. PostgreSQL keeps old segments under new names to write over them one day; here they are
 * removed, and those kept by earlier checkpoints are written over: the switch to the next segment fills the rest of one by zeros.
 */
async function renewLog(pg: PGlite, turns: Turns): Promise<void> {
  const segments = () =>
    turns.write(async () => {
      const { rows } = await pg.query<{ ahead: number }>(
        `select count(*)::int as ahead from pg_ls_waldir()
         where name ~ '^[0-9A-F]{24}$' and name > pg_walfile_name(pg_current_wal_insert_lsn())`,
      );
      return rows[0]?.ahead ?? 0;
    });
  await turns.write(() => pg.exec("set wal_recycle = off"));
  // At least one switch: the segment in use holds what happened just now.
  for (let ahead = (await segments()) + 1; ahead > 0; ahead--)
    await turns.write(() => pg.exec("select pg_logical_emit_message(true, 'wipe', ''); select pg_switch_wal()"));
  await turns.write(() => pg.exec("checkpoint"));
  await turns.write(() => pg.exec("reset wal_recycle"));
}
