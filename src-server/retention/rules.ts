import type { Kysely } from "kysely";
import { defaultRetentionDays, type RetentionSubject, retentionSubject } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";

/** How many days a clinic keeps what; seven years where it has not said. */
export async function retentionRules(db: Kysely<DB>, clinicId: string): Promise<Record<RetentionSubject, number>> {
  const rules = await db
    .selectFrom("retention_rules")
    .where("clinic_id", "=", clinicId)
    .select(["subject", "days"])
    .execute();
  const daysOf = (subject: RetentionSubject) => rules.find((r) => r.subject === subject)?.days ?? defaultRetentionDays;
  return { calls: daysOf(retentionSubject.enum.calls), rawRecords: daysOf(retentionSubject.enum.rawRecords) };
}
