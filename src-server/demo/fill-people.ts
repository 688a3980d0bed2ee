import type { Kysely } from "kysely";
import type { Role } from "#shared/access/role.ts";
import type { DB } from "#shared/schema/database.ts";
import { hashPassword } from "../identity/password.ts";
import { must } from "#shared/kit/must.ts";
import { type DemoClinic, demoOrganizations } from "./demo-plan.ts";
import { agentId, clinicId, locationId, organizationIdOf } from "./fill-clinics.ts";
import { stableId } from "./stable-id.ts";

const password = "careboard-demo";

type DemoPerson = {
  /** The first part of the address. */
  name: string;
  role: Role;
  /** Else the organization's first clinic alone. */
  everywhere: boolean;
  /** Where they are staff: their team is who answers there. */
  team?: "every location" | "one location";
  /** Which of the first clinic's agents they are. Who answers calls does it in one clinic. */
  agent?: number;
};

/** The demo people of each organization. */
const people: DemoPerson[] = [
  { name: "superadmin", role: "superadmin", everywhere: true },
  { name: "admin", role: "clinic_admin", everywhere: true },
  { name: "manager", role: "manager", everywhere: true },
  { name: "supervisor", role: "supervisor", everywhere: true, team: "every location" },
  { name: "lead", role: "supervisor", everywhere: false, team: "one location" },
  { name: "agent", role: "call_center_agent", everywhere: false, agent: 0 },
  { name: "staff", role: "staff", everywhere: false, agent: 1 },
  { name: "provider", role: "provider", everywhere: true },
  { name: "viewer", role: "viewer", everywhere: true },
  { name: "board", role: "board", everywhere: true },
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
      const clinics = person.everywhere ? organization.clinics : organization.clinics.slice(0, 1);
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto("users")
          .values({
            id: user_id,
            organization_id: organizationIdOf(organization.slug),
            email,
            display_name: `${organization.name} ${person.name}`,
            kind: person.role === "board" ? "board" : "person",
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
              agent_id: agentOf(person, clinic),
            })),
          )
          .execute();
        const staff = clinics.flatMap((clinic) =>
          teamLocations(person, clinic).map((name) => ({
            user_id,
            clinic_id: clinicId(clinic),
            location_id: locationId(clinic, name),
          })),
        );
        if (staff.length > 0) await tx.insertInto("location_staff").values(staff).execute();
      });
    }
}

function agentOf({ agent }: DemoPerson, clinic: DemoClinic): string | null {
  if (agent === undefined) return null;
  const held = clinic.agents.filter(({ mapped }) => mapped)[agent];
  return agentId(clinic, must(held, `agent ${agent} of ${clinic.slug}`).extension);
}

const teamLocations = ({ team }: DemoPerson, clinic: DemoClinic): string[] =>
  team === undefined ? [] : team === "every location" ? clinic.locations : clinic.locations.slice(0, 1);
