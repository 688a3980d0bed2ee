import { type Kysely, sql, type Transaction } from "kysely";
import { clinicsConfigured, clinicsSeenWhole, type Member, memberClinics, ownAgents } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";

/** Runs `work` in one transaction that sees what this person may see: role and claims hold for it alone. */
export function asMember<T>(db: Kysely<DB>, who: Member, work: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const claims = JSON.stringify({
        clinics: memberClinics(who),
        callClinics: clinicsSeenWhole(who),
        agents: ownAgents(who),
        configures: clinicsConfigured(who),
      });
      await sql`select set_config('careboard.claims', ${claims}, true), set_config('role', 'careboard_member', true)`.execute(
        tx,
      );
      return work(tx);
    });
}
