import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { asMember } from "../database/as-member.ts";
import { member, server } from "../http/implementer.ts";
import { listRetention } from "../retention/list-retention.ts";
import { retentionRules } from "../retention/rules.ts";

export const retentionHandlers = {
  list: server.retention.list.handler(({ input, context }) =>
    asMember(context.db, member(context), (tx) => listRetention(tx, input.clinicId, Temporal.Now.instant())),
  ),
  /** What is over by the new rule goes with the next run. The rule and its line in the audit log stand or fall together. */
  set: server.retention.set.handler(({ input: { clinicId, subject, days }, context }) =>
    context.system.transaction().execute(async (tx) => {
      // One change at a time, so that the old value in the line is the one that was replaced.
      await sql`select 1 from clinics where id = ${clinicId} for no key update`.execute(tx);
      const old = (await retentionRules(tx, clinicId))[subject];
      await tx
        .insertInto("retention_rules")
        .values({ clinic_id: clinicId, subject, days })
        .onConflict((c) => c.columns(["clinic_id", "subject"]).doUpdateSet({ days, changed_at: sql`now()` }))
        .execute();
      await context.note.write(tx, { clinicId, subjectId: subject, detail: { days, old } });
      return { days };
    }),
  ),
};
