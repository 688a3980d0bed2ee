import { randomBytes } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { type DemoClinic, type DemoOrganization, demoOrganizations } from "./demo-plan.ts";
import { stableId } from "./stable-id.ts";

export const clinicId = (clinic: DemoClinic) => stableId("clinic", clinic.slug);
export const agentId = (clinic: DemoClinic, extension: string) => stableId("agent", clinic.slug, extension);
export const sourceId = (clinic: DemoClinic) => stableId("source", clinic.source.name);
const organizationId = (organization: DemoOrganization) => stableId("organization", organization.slug);
export const locationId = (clinic: DemoClinic, name: string) => stableId("location", clinic.slug, name);
const locationOrNone = (clinic: DemoClinic, name: string | null) => (name === null ? null : locationId(clinic, name));
const queueId = (clinic: DemoClinic, number: string) => stableId("queue", clinic.slug, number);

/** The id of a demo organization by its slug. */
export const organizationIdOf = (slug: string) => stableId("organization", slug);

/** Organizations, clinics, locations, agents, queues, phone systems and their mappings. What is there stays as it is. */
export async function fillClinics(db: Kysely<DB>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const organization of demoOrganizations) {
      const { slug, name } = organization;
      await tx
        .insertInto("organizations")
        .values({ id: organizationId(organization), slug, name })
        .onConflict((c) => c.column("id").doNothing())
        .execute();
      for (const clinic of organization.clinics) {
        const { numInsertedOrUpdatedRows: made } = await tx
          .insertInto("clinics")
          .values({
            id: clinicId(clinic),
            organization_id: organizationId(organization),
            slug: clinic.slug,
            name: clinic.name,
            time_zone: clinic.timeZone,
            opens_hour: clinic.opensHour,
            closes_hour: clinic.closesHour,
          })
          .onConflict((c) => c.column("id").doNothing())
          .executeTakeFirst();
        // A clinic that was there keeps what an administrator has changed since, removed mappings included.
        if (made === 1n) await furnish(tx, clinic);
      }
    }
  });
}

async function furnish(tx: Transaction<DB>, clinic: DemoClinic): Promise<void> {
  const clinic_id = clinicId(clinic);
  const source_id = sourceId(clinic);
  await tx
    .insertInto("locations")
    .values(clinic.locations.map((name) => ({ id: locationId(clinic, name), clinic_id, name })))
    .execute();
  await tx
    .insertInto("call_sources")
    .values({
      id: source_id,
      clinic_id,
      name: clinic.source.name,
      location_id: locationOrNone(clinic, clinic.source.location),
    })
    .execute();
  // Its own for each installation: the names are known to everybody, the right to post calls is not.
  await tx
    .insertInto("call_source_secrets")
    .values({ source_id, secret: randomBytes(32).toString("base64url") })
    .execute();

  const agents = clinic.agents.filter((agent) => agent.mapped);
  await tx
    .insertInto("agents")
    .values(
      agents.map((agent) => ({
        id: agentId(clinic, agent.extension),
        clinic_id,
        location_id: locationId(clinic, agent.location),
        display_name: agent.name,
      })),
    )
    .execute();
  await tx
    .insertInto("agent_extensions")
    .values(
      agents.map(({ extension }) => ({
        id: stableId("extension", clinic.slug, extension),
        clinic_id,
        source_id,
        extension,
        agent_id: agentId(clinic, extension),
      })),
    )
    .execute();

  const queues = clinic.queues.filter((queue) => queue.mapped);
  await tx
    .insertInto("queues")
    .values(
      queues.map((queue) => ({
        id: queueId(clinic, queue.number),
        clinic_id,
        location_id: locationOrNone(clinic, queue.location),
        name: queue.name,
      })),
    )
    .execute();
  await tx
    .insertInto("queue_numbers")
    .values(
      queues.map(({ number }) => ({
        id: stableId("queue number", clinic.slug, number),
        clinic_id,
        source_id,
        number,
        queue_id: queueId(clinic, number),
      })),
    )
    .execute();
}
