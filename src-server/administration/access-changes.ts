import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { type AccessChange, accessChange } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";

const kind = accessChange.shape.kind;
const detail = z.record(z.string(), z.string()).catch({});
const most = 500;

/** What was changed of a person's access after the change they have seen, or since the session began; oldest first. */
export async function changesSince(
  db: Kysely<DB>,
  who: { userId: string; sessionId: string },
  seen: string | null,
): Promise<AccessChange[]> {
  await noteWhatTimeDid(db, who);
  const rows = await db
    .selectFrom("access_changes as a")
    .leftJoin("clinics as c", "c.id", "a.clinic_id")
    .where("a.user_id", "=", who.userId)
    .where((eb) =>
      seen === null
        ? eb("a.at", ">", eb.selectFrom("sessions").select("created_at").where("id", "=", who.sessionId))
        : eb("a.id", ">", Number(seen)),
    )
    .select(["a.id", "a.kind", "a.detail", "a.at", "c.name as clinicName"])
    .orderBy("a.id")
    .limit(most)
    .execute();
  return rows.map((row) => ({
    id: String(row.id),
    kind: kind.parse(row.kind),
    clinicName: row.clinicName,
    detail: detail.parse(row.detail),
    at: row.at,
  }));
}

/**
 * A role that begins or ends by its dates is nobody's act, and no trigger sees it: it is written down at the first contact after,
 * once for each date.
 */
async function noteWhatTimeDid(db: Kysely<DB>, { userId }: { userId: string }): Promise<void> {
  await sql`
    insert into access_changes (user_id, clinic_id, kind, detail, at)
    select r.user_id, r.clinic_id, t.kind, jsonb_build_object('role', r.role, 'because', t.because, 'on', t.moment::text), t.moment
    from user_clinic_roles r
    cross join lateral (values
      ('roleTaken', 'validUntil', r.valid_until),
      ('roleGiven', 'validFrom', r.valid_from)
    ) t (kind, because, moment)
    where r.user_id = ${userId} and r.active and t.moment <= now()
      and not exists (
        select from access_changes a
        where a.user_id = r.user_id and a.clinic_id = r.clinic_id and a.kind = t.kind and a.detail ->> 'on' = t.moment::text
      )`.execute(db);
}
