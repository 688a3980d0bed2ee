import type { Kysely } from "kysely";
import type { Directory } from "../contract/clinics.ts";
import type { DB } from "../schema/database.ts";
import { agentName } from "./agent-name.ts";
import type { Reading } from "./scope.ts";
import { scopeOfClinic } from "./scope-of-clinic.ts";

const byName = (a: { name: string; id: string }, b: { name: string; id: string }) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;

/** Locations, queues and agents of one clinic or of all that this person sees, by name. */
export async function directory(
  db: Kysely<DB>,
  question: { clinicId?: string | undefined },
  reading: Pick<Reading, "names">,
): Promise<Directory> {
  const clinicIds = await scopeOfClinic(db, question.clinicId);
  if (clinicIds.length === 0) return { locations: [], queues: [], agents: [] };
  const locations = await db
    .selectFrom("locations")
    .where("clinic_id", "in", clinicIds)
    .select(["id", "clinic_id as clinicId", "name"])
    .execute();
  const queues = await db
    .selectFrom("queues")
    .where("clinic_id", "in", clinicIds)
    .select(["id", "clinic_id as clinicId", "name", "location_id as locationId"])
    .execute();
  const agents = await db
    .selectFrom("agents as a")
    .where("clinic_id", "in", clinicIds)
    .select(["id", "clinic_id as clinicId", agentName(reading).as("name"), "location_id as locationId", "active"])
    .execute();
  return { locations: locations.sort(byName), queues: queues.sort(byName), agents: agents.sort(byName) };
}
