import { type Kysely, sql, type Transaction } from "kysely";
import type { Member } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import { claims } from "./claims.ts";
import { memberRole } from "./member-role.ts";

/**
 * Runs `work` in one transaction that sees and writes what this person may: role and claims hold for it alone.
 *
 * @param db the server's `db`, whose connections are nobody outside of this
 * @param isolation questions read one state of the data throughout; a write that others write beside (it waits for them and
 *   must then see what they wrote) asks for `read committed`
 */
export function asMember<T>(
  db: Kysely<DB>,
  who: Member,
  work: (tx: Transaction<DB>) => Promise<T>,
  isolation: "repeatable read" | "read committed" = "repeatable read",
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel(isolation)
    .execute(async (tx) => {
      await sql`select set_config('careboard.claims', ${JSON.stringify(claims(who))}, true), set_config('role', ${memberRole(who)}, true)`.execute(
        tx,
      );
      return work(tx);
    });
}
