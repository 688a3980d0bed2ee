import { randomBytes, randomUUID } from "node:crypto";
import type { Role } from "#shared/access/role.ts";
import { databaseForTest } from "../database/test-database.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { deriveKeys } from "./identity-keys.ts";
import { hashPassword } from "./password.ts";

export const password = "seven tall otters juggle";
/** Hashed once: every person of these tests has this password. */
const hash = hashPassword(password);

/** One organization with two clinics on a fresh database, and people with roles in them. */
export async function peopleForTest() {
  const database = await databaseForTest();
  const { system } = database;
  const identity = createIdentity({ db: system, keys: deriveKeys(randomBytes(32), randomBytes(32)) });
  const organization = await organizationForTest(identity, "Otter Health");
  const other = await organizationForTest(identity, "Heron Care");
  /** A person with these roles, of which the first clinic's may be given alone. */
  const person = async (
    roles: Role | { clinicId: string; role: Role }[] = "supervisor",
    values: { organization?: string; kind?: "person" | "board" } = {},
  ) => {
    const id = randomUUID();
    const email = `p${id.slice(0, 8)}@otter.example`;
    const organization_id = values.organization ?? organization.id;
    await system
      .insertInto("users")
      .values({ id, organization_id, email, display_name: "Robin Marsh", kind: values.kind ?? "person" })
      .execute();
    await system
      .insertInto("user_credentials")
      .values({ user_id: id, password_hash: await hash })
      .execute();
    const held = typeof roles === "string" ? [{ clinicId: organization.clinics[0], role: roles }] : roles;
    for (const { clinicId, role } of held)
      await system
        .insertInto("user_clinic_roles")
        .values({ id: randomUUID(), user_id: id, clinic_id: clinicId, role })
        .execute();
    return { id, email };
  };
  return { ...database, identity, organization, other, person };
}

async function organizationForTest({ db }: Identity, name: string) {
  const id = randomUUID();
  const clinics: [string, string] = [randomUUID(), randomUUID()];
  await db.insertInto("organizations").values({ id, slug: id, name }).execute();
  for (const clinic of clinics)
    await db
      .insertInto("clinics")
      .values({ id: clinic, organization_id: id, slug: clinic, name: `${name} clinic`, time_zone: "America/Detroit" })
      .execute();
  return { id, clinics };
}

export const from = { address: "192.0.2.1", requestId: "test" };
export const deviceForTest = () => ({ id: randomUUID(), name: "Front desk 1", platform: "linux", version: "0.1.0" });
