import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { demoClinics } from "./demo-plan.ts";

/** What each demo source signs its posts with, by the source's name; empty where no demo clinic was filled. */
export async function demoSecrets(db: Kysely<DB>): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("call_sources")
    .innerJoin("call_source_secrets", "call_source_secrets.source_id", "call_sources.id")
    .where(
      "call_sources.name",
      "in",
      demoClinics.map((clinic) => clinic.source.name),
    )
    .select(["call_sources.name", "call_source_secrets.secret"])
    .execute();
  return new Map(rows.map((row) => [row.name, row.secret]));
}
