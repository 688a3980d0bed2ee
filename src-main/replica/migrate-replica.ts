import type { SchemaFile } from "./schema-files.ts";

/** The little that a migration needs of a database. `exec` takes several statements at once. */
export type Migrated = {
  exec: (sql: string) => Promise<unknown>;
  rows: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
};

/**
 * Brings a replica to this version's schema. A replica is a cache: where that can't be done (a file was changed, or a newer
 * version made the replica) the answer is the reason, and the caller erases it and has it fetched again.
 */
export async function migrateReplica(database: Migrated, files: SchemaFile[]): Promise<"ready" | { unfit: string }> {
  await database.exec("create table if not exists replica_migrations (name text primary key, digest text not null)");
  const held = await database.rows<{ name: string; digest: string }>("select name, digest from replica_migrations");
  const digests = new Map(held.map((r) => [r.name, r.digest]));
  const unknown = held.find((r) => !files.some((f) => f.name === r.name));
  if (unknown) return { unfit: `a newer version made it (${unknown.name})` };
  const changed = files.find((f) => f.once && (digests.get(f.name) ?? f.digest) !== f.digest);
  if (changed) return { unfit: `${changed.name} was changed since` };
  if (files.every((f) => digests.get(f.name) === f.digest)) return "ready";
  const grown = held.length > 0 && files.some((f) => f.once && !digests.has(f.name));
  for (const file of files) {
    if (file.once && digests.has(file.name)) continue;
    await database.exec(`begin;\n${file.sql}\n;insert into replica_migrations values ('${file.name}', '${file.digest}')
      on conflict (name) do update set digest = excluded.digest; commit`);
  }
  // Rows that are held say nothing of a column that is new: their shapes are fetched anew, beside them.
  if (grown)
    await database.exec(
      "update sync_shapes set handle = null, after_offset = '-1', within = 0, refetching = true, rows_fetched = 0",
    );
  return "ready";
}
