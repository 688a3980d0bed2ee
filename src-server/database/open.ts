import type { Pool } from "pg";
import { startEmbedded } from "./embedded.ts";
import { type Handles, openHandles } from "./handles.ts";
import { migrate } from "./migrate.ts";
import { onlyServer } from "./only-server.ts";
import { openPool } from "./pool.ts";

/** The clinic server's database, ready: migrated, checked, and locked against a second server. `url` is the owner's. */
export type Database = Handles & { url: string; close: () => Promise<void> };

/**
 * Opens the PostgreSQL of `DATABASE_URL`, or the embedded one in the data folder.
 * @throws an Error that says what to change when the database can't serve
 */
export async function openDatabase(options: { url?: string; folder: string }): Promise<Database> {
  const embedded = options.url ? null : await startEmbedded(options.folder);
  const url = options.url ?? embedded?.url ?? "";
  const held: { lock?: Awaited<ReturnType<typeof onlyServer>> } = {};
  try {
    await asOwner(url, async (owner) => {
      await suitable(owner);
      held.lock = await onlyServer(url, options.url ? "this DATABASE_URL" : options.folder);
      await migrate(owner);
      await held.lock.lower();
    });
    const { end, ...handles } = openHandles(url);
    return {
      ...handles,
      url,
      close: async () => {
        await end();
        await held.lock?.release();
        await embedded?.stop();
      },
    };
  } catch (error) {
    // What another server may be using is not ours to stop.
    if (held.lock || !embedded?.adopted) await embedded?.stop();
    await held.lock?.release();
    throw error;
  }
}

/** The owner's connections are for migrations, and closed after. */
async function asOwner<T>(url: string, work: (owner: Pool) => Promise<T>): Promise<T> {
  const owner = openPool(url, 2);
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** Version and settings that synchronisation rests on. */
async function suitable(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; wal: string; replicates: boolean; makesRoles: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('wal_level') as wal,
       (select rolreplication or rolsuper from pg_roles where rolname = current_user) as replicates,
       (select rolcreaterole or rolsuper from pg_roles where rolname = current_user)
         or exists (select from pg_roles where rolname = 'careboard_server') as "makesRoles"`,
  );
  const held = rows[0];
  if (!held || held.version < 150000) throw new Error("PostgreSQL 15 or newer is needed: point DATABASE_URL at one.");
  if (held.wal !== "logical")
    throw new Error(
      `wal_level is ${held.wal}, and desks are kept in sync from the log: set wal_level = logical and restart PostgreSQL.`,
    );
  if (!held.replicates) throw new Error("The account in DATABASE_URL may not replicate: ALTER ROLE … REPLICATION.");
  // What answers people runs as roles of its own, never as the account.
  if (!held.makesRoles) throw new Error("The account in DATABASE_URL may not make roles: ALTER ROLE … CREATEROLE.");
}

/**
 * The same database for a command beside a server that may or may not be running: nothing is locked against a running
 * server, and PostgreSQL is left as it was found.
 */
export async function visitDatabase(options: { url?: string; folder: string }): Promise<Database> {
  const embedded = options.url ? null : await startEmbedded(options.folder);
  const url = options.url ?? embedded?.url ?? "";
  const lock = embedded && !embedded.adopted ? await onlyServer(url, options.folder) : null;
  await asOwner(url, migrate);
  await lock?.lower();
  const { end, ...handles } = openHandles(url, 4);
  return {
    ...handles,
    url,
    close: async () => {
      await end();
      await lock?.release();
      if (embedded && !embedded.adopted) await embedded.stop();
    },
  };
}
