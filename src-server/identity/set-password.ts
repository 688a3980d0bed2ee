import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";

/** Writes down a password that its person chose: it is no one-time one, and has no end. */
export async function setPassword(db: Kysely<DB>, userId: string, password_hash: string): Promise<void> {
  const held = { password_hash, one_time: false, changed_at: sql<string>`clock_timestamp()`, expires_at: null };
  await db
    .insertInto("user_credentials")
    .values({ user_id: userId, ...held })
    .onConflict((c) => c.column("user_id").doUpdateSet(held))
    .execute();
}
