import type { Kysely } from "kysely";
import type { Role } from "#shared/access/role.ts";
import type { DB } from "#shared/schema/database.ts";
import { hashPassword } from "../identity/password.ts";
import { demoOrganizations } from "./demo-plan.ts";
import { agentId, clinicId, organizationIdOf } from "./fill-clinics.ts";
import { stableId } from "./stable-id.ts";

const password = "careboard-demo";

/** The demo people of each organization, by the first part of their address. */
const people: { name: string; role: Role; everywhere: boolean }[] = [
  { name: "superadmin", role: "superadmin", everywhere: true },
  { name: "admin", role: "clinic_admin", everywhere: true },
  { name: "manager", role: "manager", everywhere: true },
  { name: "supervisor", role: "supervisor", everywhere: true },
  // Who answers calls does it in one clinic: the organization's first.
  { name: "agent", role: "call_center_agent", everywhere: false },
  { name: "provider", role: "provider", everywhere: true },
  { name: "viewer", role: "viewer", everywhere: true },
];

const ids = demoOrganizations.flatMap((o) => people.map((p) => stableId("user", `${p.name}@${o.slug}.example`)));

/** Lets the demo people in, or keeps them out: their password is known to everybody, so only a demo server knows them. */
export async function admitDemoPeople(db: Kysely<DB>, admitted: boolean): Promise<void> {
  await db
    .updateTable("users")
    .set({ active: admitted })
    .where("id", "in", ids)
    .where("active", "=", !admitted)
    .execute();
}

/** Makes the demo people with their password, once: a password that was changed since stays changed. */
export async function fillPeople(db: Kysely<DB>): Promise<void> {
  for (const organization of demoOrganizations)
    for (const person of people) {
      const email = `${person.name}@${organization.slug}.example`;
      const user_id = stableId("user", email);
      const held = await db.selectFrom("users").select("id").where("id", "=", user_id).executeTakeFirst();
      if (held) continue;
      const password_hash = await hashPassword(password);
      const [home] = organization.clinics;
      const clinics = person.everywhere ? organization.clinics : organization.clinics.slice(0, 1);
      const extension = home?.agents[0]?.extension;
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto("users")
          .values({
            id: user_id,
            organization_id: organizationIdOf(organization.slug),
            email,
            display_name: `${organization.name} ${person.name}`,
          })
          .execute();
        await tx.insertInto("user_credentials").values({ user_id, password_hash }).execute();
        await tx
          .insertInto("user_clinic_roles")
          .values(
            clinics.map((clinic) => ({
              id: stableId("role", email, clinic.slug),
              user_id,
              clinic_id: clinicId(clinic),
              role: person.role,
              agent_id: person.role === "call_center_agent" && extension ? agentId(clinic, extension) : null,
            })),
          )
          .execute();
      });
    }
}
