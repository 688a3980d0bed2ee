import { ORPCError } from "@orpc/server";
import type { Kysely } from "kysely";
import { clinicsWith, type Member } from "#shared/access/member.ts";
import { notFound } from "#shared/clinic/refuse.ts";
import type { DB } from "#shared/schema/database.ts";

/** An account whose whole is in the asker's hands, not only a role of it. */
type Account = { id: string; email: string; displayName: string; organizationId: string };

/**
 * The account of a person, if the asker administers every clinic in which that person is anything: only then may they disable it or
 * reset its password. Nobody does that to themselves, nor to a superadmin without being one.
 * @throws NOT_FOUND for somebody of other clinics, FORBIDDEN or CONFLICT with what to do instead
 */
export async function accountIManage(system: Kysely<DB>, who: Member, userId: string): Promise<Account> {
  const user = await system
    .selectFrom("users")
    .select(["id", "email", "display_name as displayName", "organization_id as organizationId"])
    .where("id", "=", userId)
    .where("organization_id", "=", who.organizationId)
    .executeTakeFirst();
  const roles = await system
    .selectFrom("user_clinic_roles")
    .select(["clinic_id", "role", "active"])
    .where("user_id", "=", userId)
    .execute();
  const mine = clinicsWith(who, "managePeople");
  if (!user || !roles.some((r) => mine.includes(r.clinic_id)))
    throw notFound("There is no such person in your clinics.");
  if (userId === who.userId)
    throw new ORPCError("CONFLICT", { message: "You can't do this to your own account: ask another administrator." });
  if (roles.some((r) => r.active && r.role === "superadmin") && !isSuperadmin(who))
    throw new ORPCError("FORBIDDEN", {
      message: "This is an administrator of the whole organization: ask another one of them.",
    });
  if (roles.some((r) => r.active && !mine.includes(r.clinic_id)))
    throw new ORPCError("FORBIDDEN", {
      message: "This person also works in clinics that you don't administer: take the role in yours instead.",
    });
  return user;
}

export const isSuperadmin = (who: Member): boolean => who.roles.some((r) => r.role === "superadmin");
