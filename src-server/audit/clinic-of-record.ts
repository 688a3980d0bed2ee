import type { ServerContext } from "../http/context.ts";
import { asId } from "../http/clinic-asked.ts";
import type { Asked } from "./audit-verb.ts";

/** Which table holds the record that an input names, where its clinic is not in the input. */
const tables = { sourceId: "call_sources", locationId: "locations", id: "calls" } as const;

/** The clinic of the record that a successful verb was about; else the only clinic of its person; else null. */
export async function clinicOfRecord(
  { system, member }: ServerContext,
  { verb, input }: Asked,
): Promise<string | null> {
  const room = verb.slice(0, verb.indexOf("."));
  const named = input as Partial<Record<keyof typeof tables, unknown>> | null | undefined;
  for (const key of ["sourceId", "locationId", "id"] as const) {
    const id = asId(named?.[key]);
    if (!id || (key === "id" && room !== "calls")) continue;
    const found = await system.selectFrom(tables[key]).select("clinic_id").where("id", "=", id).executeTakeFirst();
    if (found) return found.clinic_id;
  }
  const clinics = member?.roles ?? [];
  return clinics.length === 1 ? (clinics[0]?.clinicId ?? null) : null;
}
