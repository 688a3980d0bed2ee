import { setTimeout as sleep } from "node:timers/promises";
import { escapeIdentifier, type Pool, type PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { parseLsn } from "./lsn.ts";
import type { Shape } from "./shape.ts";
import { snapshotCopy } from "./snapshot-sql.ts";
import { parseSnapshot, type Seen } from "./visibility.ts";

type Options = {
  pool: Pool;
  shape: Shape;
  /** Runs work while the stream stands still between two transactions. */
  between: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whether a snapshot shows all that the stream has told so far. */
  covers: (seen: Seen) => boolean;
};

/**
 * Makes a shape's snapshot: one REPEATABLE READ transaction that says what it shows and prints the rows.
 *
 * What it shows is read while the stream stands still, so every transaction is either in the snapshot or still to come; those
 * to come that it shows as well are left out by their ids. The one gap would be a transaction that the stream has told while
 * PostgreSQL did not yet show it to others (a commit is in the log a moment earlier): then another snapshot is taken.
 */
export async function takeSnapshot({ pool, shape, between, covers }: Options): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    if (shape.definition.log === "full") await client.query("set work_mem = '64MB'");
    while (!(await begun(client, shape, between, covers))) {
      await client.query("rollback");
      await sleep(5);
    }
    if (shape.definition.log === "full") {
      const rows = client.query(copyTo(snapshotCopy(shape.definition, shape.table)));
      // The loop that reads the rows sees an error; one that comes after it has given up concerns nobody.
      rows.on("error", () => {});
      await shape.snapshot.write(rows);
    }
    await client.query("commit");
    await client.query("reset work_mem");
  } catch (error) {
    // A connection in the middle of a COPY can't be used again.
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function begun(
  client: PoolClient,
  shape: Shape,
  between: Options["between"],
  covers: Options["covers"],
): Promise<boolean> {
  await client.query("begin isolation level repeatable read");
  // Before the snapshot is taken: a TRUNCATE in between would show an empty table to a snapshot that is older than it.
  const { schema, table } = shape.definition;
  await client.query(`lock table ${escapeIdentifier(schema)}.${escapeIdentifier(table)} in access share mode`);
  return between(async () => {
    // The stream stands still for this: a PostgreSQL that doesn't answer must not hold it for ever.
    const question = {
      text: "select pg_current_snapshot()::text as seen, pg_current_wal_insert_lsn()::text as lsn",
      query_timeout: 5_000,
    };
    const { rows } = await client.query<{ seen: string; lsn: string }>(question);
    const seen = parseSnapshot(rows[0]?.seen ?? "", parseLsn(rows[0]?.lsn ?? "0/0"));
    if (!covers(seen)) return false;
    shape.seen = seen;
    return true;
  });
}
