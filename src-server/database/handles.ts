import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import type { DB } from "#shared/schema/database.ts";
import { openPool } from "./pool.ts";

/** The two ways into the database. Neither runs as the owner. */
export type Handles = {
  /** Nobody's connections: they read nothing until asMember() makes them somebody for a transaction. */
  db: Kysely<DB>;
  pool: Pool;
  /** What the server does by itself: sign-in, call records coming in, snapshots, jobs, the audit log. Never to answer a person's question. */
  system: Kysely<DB>;
  systemPool: Pool;
};

/** Opens both on a migrated database: the roles must be there. `max` is the number of connections each may have. */
export function openHandles(url: string, max = 10): Handles & { end: () => Promise<void> } {
  const pool = openPool(url, max, "careboard_nobody");
  const systemPool = openPool(url, max, "careboard_server");
  return {
    pool,
    systemPool,
    db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    system: new Kysely<DB>({ dialect: new PostgresDialect({ pool: systemPool }) }),
    end: async () => {
      await Promise.all([pool.end(), systemPool.end()]);
    },
  };
}
