import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DB } from "#shared/schema/database.ts";
import { parsers } from "#shared/schema/parsers.ts";

/** The desk's database engine with the common schema, in memory: what both engines answer is held against each other. */
export async function replicaForTest(): Promise<{ lite: PGlite; db: Kysely<DB> }> {
  const lite = await PGlite.create({ dataDir: "memory://", parsers });
  const folder = join(import.meta.dirname, "../../resources/schema");
  for (const name of (await readdir(folder)).filter((n) => n.endsWith(".sql")).sort())
    await lite.exec(await readFile(join(folder, name), "utf8"));
  await lite.exec("set timezone = 'UTC'; set session_replication_role = replica");
  return { lite, db: new Kysely<DB>({ dialect: new PGliteDialect({ pglite: lite }) }) };
}
