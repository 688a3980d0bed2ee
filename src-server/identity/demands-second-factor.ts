import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { validRole } from "./valid-role.ts";

/** Whether any clinic that this person has a role in, or all of whose organization they administer, wants a second factor. */
export async function demandsSecondFactor(db: Kysely<DB>, userId: string): Promise<boolean> {
  const { rows } = await sql<{ demanded: boolean }>`
    select exists (
      select from users u
        join clinics c on c.organization_id = u.organization_id
        join clinic_security cs on cs.clinic_id = c.id and cs.second_factor
        join user_clinic_roles r on r.user_id = u.id and ${validRole}
        join clinics held on held.id = r.clinic_id and held.organization_id = u.organization_id
      where u.id = ${userId} and (r.clinic_id = c.id or r.role = 'superadmin')
    ) as demanded`.execute(db);
  return rows[0]?.demanded ?? false;
}
