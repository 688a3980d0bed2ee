import type { Kysely, Selectable } from "kysely";
import type { Clinic, ServiceLevelVariant } from "../contract/clinics.ts";
import type { Clinics, DB } from "../schema/database.ts";

/** The clinics this database shows to the asking person, by name. */
export async function listClinics(db: Kysely<DB>): Promise<Clinic[]> {
  const rows = await db.selectFrom("clinics").selectAll().execute();
  return rows.map(asClinic).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.slug < b.slug ? -1 : 1));
}

export const asClinic = (row: Selectable<Clinics>): Clinic => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  timeZone: row.time_zone,
  currency: row.currency,
  opensHour: row.opens_hour,
  closesHour: row.closes_hour,
  serviceLevel: {
    variant: row.service_level_variant as ServiceLevelVariant,
    seconds: row.service_level_seconds,
    goal: Number(row.service_level_goal),
    shortAbandonSeconds: row.short_abandon_seconds,
    waitLimitSeconds: row.wait_limit_seconds,
  },
});
