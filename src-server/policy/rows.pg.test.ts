import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";
import { asMember } from "../database/as-member.ts";
import { testDatabase } from "../database/test-database.ts";

/** Two organizations with one row of everything each; `ours` and `theirs` name the ids. */
async function twoOrganizations() {
  const { db, pool, drop } = await testDatabase();
  onTestFinished(drop);
  const make = async (slug: string) => {
    const [organization, clinic, location, agent, otherAgent, queue, source] = Array.from({ length: 7 }, () => randomUUID()) as [string, string, string, string, string, string, string]; // prettier-ignore
    await db.insertInto("organizations").values({ id: organization, slug, name: slug }).execute();
    await db
      .insertInto("clinics")
      .values({ id: clinic, organization_id: organization, slug, name: slug, time_zone: "UTC" })
      .execute();
    await db.insertInto("locations").values({ id: location, clinic_id: clinic, name: slug }).execute();
    for (const id of [agent, otherAgent])
      await db.insertInto("agents").values({ id, clinic_id: clinic, display_name: slug }).execute();
    await db.insertInto("queues").values({ id: queue, clinic_id: clinic, name: slug }).execute();
    await db.insertInto("call_sources").values({ id: source, clinic_id: clinic, name: slug }).execute();
    await db.insertInto("call_source_secrets").values({ source_id: source, secret: "s" }).execute();
    const at = "2026-11-20T14:00:00Z";
    for (const [n, who] of [agent, otherAgent].entries()) {
      await db
        .insertInto("calls")
        .values({
          id: randomUUID(),
          clinic_id: clinic,
          source_id: source,
          call_id: `c${n}`,
          agent_id: who,
          call_direction: "inbound",
          call_status: "answered",
          call_start_time: at,
          call_end_time: at,
          local_day: "2026-11-20",
          local_hour: 14,
        }) // prettier-ignore
        .execute();
      await db
        .insertInto("raw_records")
        .values({
          source_id: source,
          clinic_id: clinic,
          body: Buffer.from(`${slug}${n}`),
          format: "line",
          digest: Buffer.from([n]),
          call_id: `c${n}`,
          state: "read",
        }) // prettier-ignore
        .execute();
    }
    return { organization, clinic, agent };
  };
  return { db, pool, ours: await make("ours"), theirs: await make("theirs") };
}

const member = (at: { organization: string; clinic: string; agent: string }, role: Role): Member => ({
  userId: randomUUID(),
  sessionId: randomUUID(),
  organizationId: at.organization,
  email: "x@y.example",
  displayName: "X",
  roles: [{ clinicId: at.clinic, role, agentId: role === "call_center_agent" ? at.agent : null }],
});

const readable = ["organizations", "clinics", "locations", "agents", "queues", "call_sources", "calls"] as const;

test.each([
  "superadmin",
  "clinic_admin",
  "manager",
  "supervisor",
  "viewer",
  "board",
  "call_center_agent",
  "provider",
  "staff",
] as const)("%s sees nothing of another organization", async (role) => {
  const { db, ours, theirs } = await twoOrganizations();
  const seen = await asMember(db, member(ours, role), async (tx) => {
    const rows: unknown[] = [];
    for (const table of readable) rows.push(...(await sql`select * from ${sql.table(table)}`.execute(tx)).rows);
    rows.push(...(await sql`select source_id, clinic_id from raw_records`.execute(tx)).rows);
    return JSON.stringify(rows);
  });
  expect(seen).not.toContain(theirs.clinic);
  expect(seen).not.toContain(theirs.organization);
  expect(seen).toContain(ours.clinic);
});

test.each([
  ["supervisor", 2],
  ["call_center_agent", 1],
  ["provider", 0],
  ["staff", 0],
] as const)("%s sees %i of the clinic's two calls, and the raw lines of those alone", async (role, calls) => {
  const { db, ours } = await twoOrganizations();
  const counts = await asMember(db, member(ours, role), async (tx) => [
    (await tx.selectFrom("calls").select("id").execute()).length,
    (await tx.selectFrom("raw_records").select("id").execute()).length,
  ]);
  expect(counts).toEqual([calls, calls]);
});

test("without claims nothing is seen, and secrets, people and sessions are out of reach even with them", async () => {
  const { db, pool, ours } = await twoOrganizations();
  const client = await pool.connect();
  await client.query("begin; set local role careboard_member");
  for (const table of [...readable, "raw_records", "agent_extensions", "queue_numbers"])
    expect({ table, rows: (await client.query(`select * from ${table}`)).rows }).toEqual({ table, rows: [] });
  await client.query("rollback");
  client.release();
  for (const table of [
    "users",
    "user_credentials",
    "user_clinic_roles",
    "sessions",
    "call_source_secrets",
    "careboard_migrations",
  ])
    await expect(
      asMember(db, member(ours, "superadmin"), (tx) => sql`select * from ${sql.table(table)}`.execute(tx)),
    ).rejects.toThrow(`permission denied for table ${table}`);
});

test("a member cannot write, and the claims end with the transaction", async () => {
  const { db, pool, ours } = await twoOrganizations();
  const admin = member(ours, "superadmin");
  await expect(asMember(db, admin, (tx) => tx.updateTable("calls").set({ call_type: "x" }).execute())).rejects.toThrow(
    "permission denied",
  );
  for (let turn = 0; turn < 12; turn++) {
    await asMember(db, admin, (tx) => tx.selectFrom("clinics").select("id").execute());
    const { rows } = await pool.query<{ who: string; claims: string | null }>(
      "select current_user as who, current_setting('careboard.claims', true) as claims",
    );
    expect(rows[0]?.who).toBe("careboard");
    expect(rows[0]?.claims ?? "").toBe("");
  }
});
