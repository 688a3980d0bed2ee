import { ORPCError } from "@orpc/server";
import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { validRole } from "../identity/valid-role.ts";

/**
 * Makes a change after which somebody must still administer the organization: a superadmin whose account is active, and one whose
 * role has no end, if there were such before. Changes of one organization come one after the other, so that two superadmins who take
 * the role from each other at once do not both succeed.
 *
 * @param tx a transaction in read committed, which sees all roles and accounts of the organization
 * @throws CONFLICT, and nothing is changed, when nobody would be left
 */
export async function keepSuperadmin<T>(tx: Kysely<DB>, organizationId: string, change: () => Promise<T>): Promise<T> {
  await sql`select pg_advisory_xact_lock(7205, hashtext(${organizationId}))`.execute(tx);
  const before = await superadmins(tx, organizationId);
  const done = await change();
  const after = await superadmins(tx, organizationId);
  if ((before.now > 0 && after.now === 0) || (before.lasting > 0 && after.lasting === 0))
    throw new ORPCError("CONFLICT", {
      message:
        "Nobody would be left who administers the organization for good: give that role to another person first, without an end.",
    });
  return done;
}

/** How many people administer an organization now, and how many of them without an end. */
async function superadmins(tx: Kysely<DB>, organizationId: string): Promise<{ now: number; lasting: number }> {
  const { rows } = await sql<{ now: number; lasting: number }>`
    select count(distinct u.id) as now, count(distinct u.id) filter (where r.valid_until is null) as lasting
    from users u
      join user_clinic_roles r on r.user_id = u.id and r.role = 'superadmin' and ${validRole}
      join clinics c on c.id = r.clinic_id and c.organization_id = u.organization_id
    where u.organization_id = ${organizationId} and u.active`.execute(tx);
  return rows[0] ?? { now: 0, lasting: 0 };
}
