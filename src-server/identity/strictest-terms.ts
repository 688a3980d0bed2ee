import type { Kysely } from "kysely";
import { type Member, memberClinics } from "#shared/access/member.ts";
import { defaultTerms, type Terms } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";

/** How a person's desks are guarded: the strictest of their clinics. Asked on the server's own handle, within a sign-in's transaction. */
export async function strictestTerms(system: Kysely<DB>, who: Member): Promise<Terms> {
  const clinics = memberClinics(who);
  if (clinics.length === 0) return defaultTerms;
  const rows = await system.selectFrom("clinic_security").selectAll().where("clinic_id", "in", clinics).execute();
  return {
    idleMinutes: Math.min(defaultTerms.idleMinutes, ...rows.map((r) => r.idle_minutes)),
    lockAfterHours: Math.min(defaultTerms.lockAfterHours, ...rows.map((r) => r.lock_after_hours)),
    eraseAfterDays: Math.min(defaultTerms.eraseAfterDays, ...rows.map((r) => r.erase_after_days)),
  };
}
