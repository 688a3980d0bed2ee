import type { Kysely } from "kysely";
import type { SecurityTerms } from "#shared/contract/administration.ts";
import { defaultTerms } from "#shared/contract/session.ts";
import { badField, notFound } from "#shared/clinic/refuse.ts";
import { type Member, memberClinics } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import { asMember } from "../database/as-member.ts";

type Row = { idle_minutes: number; lock_after_hours: number; erase_after_days: number; second_factor: boolean };
const unset: SecurityTerms = { ...defaultTerms, secondFactor: false };
const asTerms = (row: Row): SecurityTerms => ({
  idleMinutes: row.idle_minutes,
  lockAfterHours: row.lock_after_hours,
  eraseAfterDays: row.erase_after_days,
  secondFactor: row.second_factor,
});

/** How a clinic guards its desks. @throws NOT_FOUND for a clinic of others */
export async function readTerms(db: Kysely<DB>, who: Member, clinicId: string): Promise<SecurityTerms> {
  if (!memberClinics(who).includes(clinicId))
    throw notFound("There is no such clinic among yours: choose one of the list.");
  const row = await asMember(db, who, (tx) =>
    tx.selectFrom("clinic_security").selectAll().where("clinic_id", "=", clinicId).executeTakeFirst(),
  );
  return row ? asTerms(row) : unset;
}

/** Changes what is given. @throws BAD_REQUEST when a desk would erase before it locks */
export async function setTerms(
  db: Kysely<DB>,
  who: Member,
  { clinicId, ...given }: { clinicId: string } & { [K in keyof SecurityTerms]?: SecurityTerms[K] | undefined },
): Promise<SecurityTerms> {
  const before = await readTerms(db, who, clinicId);
  const terms: SecurityTerms = {
    idleMinutes: given.idleMinutes ?? before.idleMinutes,
    lockAfterHours: given.lockAfterHours ?? before.lockAfterHours,
    eraseAfterDays: given.eraseAfterDays ?? before.eraseAfterDays,
    secondFactor: given.secondFactor ?? before.secondFactor,
  };
  if (terms.eraseAfterDays * 24 < terms.lockAfterHours)
    throw badField("eraseAfterDays", "Data would be erased before it is locked: choose more days, or fewer hours.");
  const row = {
    idle_minutes: terms.idleMinutes,
    lock_after_hours: terms.lockAfterHours,
    erase_after_days: terms.eraseAfterDays,
    second_factor: terms.secondFactor,
  };
  await asMember(db, who, (tx) =>
    tx
      .insertInto("clinic_security")
      .values({ clinic_id: clinicId, ...row })
      .onConflict((c) => c.column("clinic_id").doUpdateSet(row))
      .execute(),
  );
  return terms;
}
