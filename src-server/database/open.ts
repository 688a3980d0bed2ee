import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import type { DB } from "#shared/schema/database.ts";
import { startEmbedded } from "./embedded.ts";
import { onlyServer } from "./only-server.ts";
import { migrate } from "./migrate.ts";
import { openPool } from "./pool.ts";

/** The clinic server's database, ready: migrated, checked, and locked against a second server. */
export type Database = { url: string; pool: Pool; db: Kysely<DB>; close: () => Promise<void> };

/**
 * Opens the PostgreSQL of `DATABASE_URL`, or the embedded one in the data folder.
 * @throws an Error that says what to change when the database can't serve
 */
export async function openDatabase(options: { url?: string; folder: string }): Promise<Database> {
  const embedded = options.url ? null : await startEmbedded(options.folder);
  const url = options.url ?? embedded?.url ?? "";
  const pool = openPool(url);
  let lock: { release: () => Promise<void> } | null = null;
  try {
    await suitable(pool);
    lock = await onlyServer(url, options.url ? "this DATABASE_URL" : options.folder);
    await migrate(pool);
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
    return {
      url,
      pool,
      db,
      close: async () => {
        await pool.end();
        await lock?.release();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await pool.end();
    // What another server may be using is not ours to stop.
    if (lock || !embedded?.adopted) await embedded?.stop();
    await lock?.release();
    throw error;
  }
}

/** Version and settings that synchronisation rests on. */
async function suitable(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; wal: string; replicates: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('wal_level') as wal,
       (select rolreplication or rolsuper from pg_roles where rolname = current_user) as replicates`,
  );
  const held = rows[0];
  if (!held || held.version < 150000) throw new Error("PostgreSQL 15 or newer is needed: point DATABASE_URL at one.");
  if (held.wal !== "logical")
    throw new Error(
      `wal_level is ${held.wal}, and desks are kept in sync from the log: set wal_level = logical and restart PostgreSQL.`,
    );
  if (!held.replicates) throw new Error("The account in DATABASE_URL may not replicate: ALTER ROLE … REPLICATION.");
}

/**
 * The same database for a command beside a server that may or may not be running: nothing is locked against a running
 * server, and PostgreSQL is left as it was found.
 */
export async function visitDatabase(options: { url?: string; folder: string }): Promise<Database> {
  const embedded = options.url ? null : await startEmbedded(options.folder);
  const url = options.url ?? embedded?.url ?? "";
  const lock = embedded && !embedded.adopted ? await onlyServer(url, options.folder) : null;
  const pool = openPool(url, 4);
  await migrate(pool);
  return {
    url,
    pool,
    db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    close: async () => {
      await pool.end();
      await lock?.release();
      if (embedded && !embedded.adopted) await embedded.stop();
    },
  };
}
