import { randomUUID } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { validRole } from "./valid-role.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { giveOneTimePassword } from "../administration/one-time-password.ts";

export type FirstAdmin = { organization: string; clinic: string; timeZone: string; email: string; name: string };

/**
 * Makes an organization, its first clinic and the superadmin, as far as they are not there yet.
 * @returns the one-time password
 * @throws an Error that says what to do, when the organization has a superadmin or the address is taken
 */
export const makeFirstAdmin = (db: Kysely<DB>, asked: FirstAdmin): Promise<string> =>
  db.transaction().execute(async (tx) => {
    // Two commands at once make one organization.
    await sql`select pg_advisory_xact_lock(7203, 10)`.execute(tx);
    const organization_id = await organizationNamed(tx, asked.organization);
    const admin = await tx
      .selectFrom("users")
      .innerJoin("user_clinic_roles as r", "r.user_id", "users.id")
      .select("users.email")
      .where("users.organization_id", "=", organization_id)
      .where("users.active", "=", true)
      .where("r.role", "=", "superadmin")
      .where(validRole)
      .executeTakeFirst();
    if (admin)
      throw new Error(
        `${asked.organization} has an administrator, ${admin.email}: they add the others. For another one-time password run: npm run first-admin -- --reset --email ${admin.email}`,
      );
    const clinic_id = await clinicNamed(tx, organization_id, asked);
    const user_id = await personWith(tx, organization_id, asked);
    await tx
      .insertInto("user_clinic_roles")
      .values({ id: randomUUID(), user_id, clinic_id, role: "superadmin" })
      .onConflict((c) =>
        c
          .columns(["user_id", "clinic_id"])
          .doUpdateSet({ role: "superadmin", active: true, valid_from: null, valid_until: null }),
      )
      .execute();
    const password = await giveOneTimePassword(tx, user_id);
    await writeAudit(tx, {
      action: "configure",
      subject: "command.firstAdmin",
      subjectId: user_id,
      organizationId: organization_id,
      clinicId: clinic_id,
      detail: { role: "superadmin" },
    });
    return password;
  });

async function organizationNamed(tx: Transaction<DB>, name: string): Promise<string> {
  const held = await tx
    .selectFrom("organizations")
    .select("id")
    .where(sql`lower(name)`, "=", name.toLowerCase())
    .executeTakeFirst();
  if (held) return held.id;
  const id = randomUUID();
  await tx
    .insertInto("organizations")
    .values({ id, name, slug: await freeSlug(tx, "organizations", name) })
    .execute();
  return id;
}

async function clinicNamed(tx: Transaction<DB>, organization_id: string, asked: FirstAdmin): Promise<string> {
  const held = await tx
    .selectFrom("clinics")
    .select("id")
    .where("organization_id", "=", organization_id)
    .where(sql`lower(name)`, "=", asked.clinic.toLowerCase())
    .executeTakeFirst();
  if (held) return held.id;
  const id = randomUUID();
  const slug = await freeSlug(tx, "clinics", asked.clinic);
  await tx
    .insertInto("clinics")
    .values({ id, organization_id, slug, name: asked.clinic, time_zone: asked.timeZone })
    .execute();
  return id;
}

async function personWith(tx: Transaction<DB>, organization_id: string, { email, name }: FirstAdmin): Promise<string> {
  const held = await tx
    .selectFrom("users")
    .select(["id", "organization_id", "kind"])
    .where(sql`lower(email)`, "=", email.toLowerCase())
    .executeTakeFirst();
  if (held && (held.organization_id !== organization_id || held.kind !== "person"))
    throw new Error(`${email} belongs to another organization or to a board: name another --email.`);
  if (held) {
    await tx.updateTable("users").set({ active: true, disabled_at: null }).where("id", "=", held.id).execute();
    return held.id;
  }
  const id = randomUUID();
  await tx.insertInto("users").values({ id, organization_id, email, display_name: name }).execute();
  return id;
}

/** `Otter Health` is `otter-health`, or `otter-health-2` where that is taken. */
async function freeSlug(tx: Transaction<DB>, table: "organizations" | "clinics", name: string): Promise<string> {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "clinic"; // prettier-ignore
  const taken = new Set((await tx.selectFrom(table).select("slug").execute()).map((row) => row.slug));
  let slug = plain;
  for (let n = 2; taken.has(slug); n++) slug = `${plain}-${n}`;
  return slug;
}
