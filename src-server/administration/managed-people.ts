import type { Kysely } from "kysely";
import { clinicsWith, type Member } from "#shared/access/member.ts";
import { role } from "#shared/access/role.ts";
import type { HeldRole, ManagedPerson } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";
import { asMember } from "../database/as-member.ts";

type Deps = { db: Kysely<DB>; system: Kysely<DB> };

/**
 * People as an administrator sees them: with the roles they have in clinics that the asker administers, and no others.
 * @param only these people; everybody whom the asker administers where it is left out
 */
export async function managedPeople(
  { db, system }: Deps,
  who: Member,
  only: { clinicId: string } | { userId: string },
): Promise<ManagedPerson[]> {
  const clinics = "clinicId" in only ? [only.clinicId] : clinicsWith(who, "managePeople");
  if (clinics.length === 0) return [];
  const found = await asMember(db, who, async (tx) => {
    let roles = tx.selectFrom("user_clinic_roles").selectAll().where("clinic_id", "in", clinics);
    if ("userId" in only) roles = roles.where("user_id", "=", only.userId);
    const held = await roles.orderBy("clinic_id").execute();
    const ids = [...new Set(held.map((r) => r.user_id))];
    if (ids.length === 0) return null;
    const users = await tx.selectFrom("users").selectAll().where("id", "in", ids).orderBy("display_name").execute();
    const staff = await tx
      .selectFrom("location_staff")
      .select(["user_id", "clinic_id", "location_id"])
      .where("user_id", "in", ids)
      .where("active", "=", true)
      .orderBy("location_id")
      .execute();
    return { held, users, staff };
  });
  if (!found) return [];
  // Whether somebody has a second factor is no secret from their administrator; the table that says so holds secrets, and is the server's own.
  const factors = await system
    .selectFrom("user_second_factors")
    .select("user_id")
    .where("confirmed_at", "is not", null)
    .where(
      "user_id",
      "in",
      found.users.map((u) => u.id),
    )
    .execute();
  return found.users.map((user) => ({
    id: user.id,
    email: user.email,
    displayName: user.display_name,
    kind: user.kind === "board" ? "board" : "person",
    active: user.active,
    secondFactor: factors.some((f) => f.user_id === user.id),
    lastSignInAt: user.last_sign_in_at,
    roles: found.held
      .filter((r) => r.user_id === user.id)
      .map((r): HeldRole => ({
        clinicId: r.clinic_id,
        role: role.parse(r.role),
        agentId: r.agent_id,
        active: r.active,
        validFrom: r.valid_from,
        validUntil: r.valid_until,
        locationIds: found.staff
          .filter((s) => s.user_id === user.id && s.clinic_id === r.clinic_id)
          .map((s) => s.location_id),
      })),
  }));
}
