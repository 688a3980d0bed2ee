import type { Pool } from "pg";
import { type Lsn, parseLsn } from "./lsn.ts";

/** A slot's name allows lower-case letters, digits and underscores, 63 of them; slots belong to the whole PostgreSQL, so the database is in it. */
export async function slotName(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string; oid: string }>(
    "select datname::text as name, oid::text as oid from pg_database where datname = current_database()",
  );
  const database = (rows[0]?.name ?? "").toLowerCase().replaceAll(/[^a-z0-9_]/g, "_");
  return `careboard_${database.slice(0, 40)}_${rows[0]?.oid ?? ""}`;
}

/** Which PostgreSQL this is and how far its log reaches: to notice a restored backup or a fail-over. */
export type Cluster = { system: string; timeline: number; end: Lsn };

export async function readCluster(pool: Pool): Promise<Cluster> {
  const { rows } = await pool.query<{ system: string; timeline: number; lsn: string }>(
    `select (select system_identifier::text from pg_control_system()) as system,
       ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int as timeline, pg_current_wal_insert_lsn()::text as lsn`,
  );
  const row = rows[0];
  if (!row) throw new Error("PostgreSQL doesn't say which cluster it is.");
  return { system: row.system, timeline: row.timeline, end: parseLsn(row.lsn) };
}

/**
 * The slot's position, made when it isn't there. A slot that PostgreSQL gave up because it kept too much log is `lost`: it is
 * dropped and made anew, and `fresh` says that what happened meanwhile is unknown.
 */
export async function ensureSlot(pool: Pool, name: string): Promise<{ position: Lsn; fresh: boolean }> {
  const { rows } = await pool.query<{ status: string | null; lsn: string | null; pid: number | null; plugin: string }>(
    `select wal_status as status, confirmed_flush_lsn::text as lsn, active_pid as pid, plugin::text as plugin
     from pg_replication_slots where slot_name = $1`,
    [name],
  );
  const held = rows[0];
  // Only one server runs on a database (it holds a lock): whoever still reads the slot is our own broken connection.
  if (held?.pid) await pool.query("select pg_terminate_backend($1, 5000)", [held.pid]);
  if (held?.lsn && held.status !== "lost" && held.plugin === "pgoutput")
    return { position: parseLsn(held.lsn), fresh: false };
  if (held) await dropSlot(pool, name);
  const made = await pool.query<{ lsn: string }>(
    "select lsn::text as lsn from pg_create_logical_replication_slot($1, 'pgoutput')",
    [name],
  );
  return { position: parseLsn(made.rows[0]?.lsn ?? "0/0"), fresh: true };
}

/** Gives the slot up, so that PostgreSQL keeps no log for it: for a server that is taken out of service. */
export async function dropSlot(pool: Pool, name: string): Promise<void> {
  await pool.query("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1", [name]);
}
