import type { Kysely } from "kysely";
import type { DB } from "../schema/database.ts";
import { notFound } from "./refuse.ts";

/**
 * Ids of the clinics a question is about: the one it names, or all that this person sees.
 * @throws NOT_FOUND for a clinic that isn't there for this person
 */
export async function scopeOfClinic(db: Kysely<DB>, clinicId: string | undefined): Promise<string[]> {
  let query = db.selectFrom("clinics").select("id").orderBy("id");
  if (clinicId) query = query.where("id", "=", clinicId);
  const rows = await query.execute();
  if (clinicId && rows.length === 0) throw notFound("There is no such clinic among yours: choose one of the list.");
  return rows.map((r) => r.id);
}
