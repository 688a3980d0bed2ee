import { type Kysely, sql, type Transaction } from "kysely";
import type { Member } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import { claims } from "./claims.ts";
import { memberRole } from "./member-role.ts";

type Isolation = "repeatable read" | "read committed";

/**
 * Runs `work` in one transaction that sees and writes what this person may: role and claims hold for it alone.
 *
 * @param db the server's `db`, whose connections are nobody outside of this
 * @param work run again from its beginning when somebody else wrote its rows a moment before: it keeps nothing outside of `tx`
 * @param isolation questions read one state of the data throughout; a write that waits for others and must then see what they
 *   wrote asks for `read committed`
 */
export async function asMember<T>(
  db: Kysely<DB>,
  who: Member,
  work: (tx: Transaction<DB>) => Promise<T>,
  isolation: Isolation = "repeatable read",
): Promise<T> {
  try {
    return await once(db, who, work, isolation);
  } catch (error) {
    // 40001: nothing of it has happened. A write that only waits for the others is never turned away.
    if ((error as { code?: string }).code === "40001") return once(db, who, work, "read committed");
    throw error;
  }
}

const once = <T>(
  db: Kysely<DB>,
  who: Member,
  work: (tx: Transaction<DB>) => Promise<T>,
  isolation: Isolation,
): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel(isolation)
    .execute(async (tx) => {
      const become = sql`select set_config('careboard.claims', ${JSON.stringify(claims(who))}, true), set_config('role', ${memberRole(who)}, true)`;
      await become.execute(tx);
      return work(tx);
    });
