import type { Kysely } from "kysely";
import { badField } from "#shared/clinic/refuse.ts";
import type { DB } from "#shared/schema/database.ts";
import { weakPassword } from "./weak-password.ts";

/** @throws BAD_REQUEST that names the field, when this person must not choose this password */
export async function refuseWeakPassword(
  db: Kysely<DB>,
  userId: string,
  field: "password" | "next",
  password: string,
): Promise<void> {
  const rows = await db
    .selectFrom("users")
    .innerJoin("organizations", "organizations.id", "users.organization_id")
    .leftJoin("clinics", "clinics.organization_id", "organizations.id")
    .where("users.id", "=", userId)
    .select(["users.email", "users.display_name", "organizations.name as organization", "clinics.name as clinic"])
    .execute();
  const known = new Set(rows.flatMap((r) => [r.email, r.display_name, r.organization, r.clinic ?? "", "careboard"]));
  const weak = await weakPassword(password, [...known]);
  if (weak) throw badField(field, weak);
}
