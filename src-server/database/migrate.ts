import { readdir, readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Pool } from "pg";

const root = join(import.meta.dirname, "../..");
const schema = join(root, "resources/schema");
const policy = join(root, "src-server/policy");

/**
 * Brings the database to this version: the schema files once each, in the order of their numbers; the policy files
 * whenever one of them or the schema changed, because roles, grants and row-level security are stated anew as a whole.
 *
 * @throws when a file that was applied has changed since, or when the database belongs to a newer version
 */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    // Two servers that start at once wait for each other here.
    await client.query("select pg_advisory_lock(7203, 1)");
    await client.query(
      "create table if not exists careboard_migrations (name text primary key, digest text not null, applied_at timestamptz not null default now())",
    );
    const applied = new Map(
      (await client.query<{ name: string; digest: string }>("select name, digest from careboard_migrations")).rows.map(
        (r) => [r.name, r.digest],
      ),
    );
    const files = [...(await sqlFiles(schema)), ...(await sqlFiles(join(schema, "server")))].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    const newer = [...applied.keys()].find((name) => name !== "policy" && !files.some((f) => f.name === name));
    if (newer)
      throw new Error(
        `This database was made by a newer Careboard (it holds ${newer}). Start that version, or restore a backup.`,
      );
    let changed = false;
    for (const file of files) {
      const digest = applied.get(file.name);
      if (digest === file.digest) continue;
      if (digest !== undefined)
        throw new Error(
          `${file.name} was changed after this database had applied it. Undo the change and add a new file.`,
        );
      await apply(client, file);
      changed = true;
    }
    const policies = await sqlFiles(policy);
    const digest = createHash("sha256")
      .update(policies.map((p) => p.digest).join())
      .digest("hex");
    if (changed || applied.get("policy") !== digest)
      await apply(client, { name: "policy", sql: policies.map((p) => p.sql).join("\n"), digest });
  } finally {
    await client.query("select pg_advisory_unlock(7203, 1)").catch(() => {});
    client.release();
  }
}

type SqlFile = { name: string; sql: string; digest: string };

async function sqlFiles(folder: string): Promise<SqlFile[]> {
  const names = (await readdir(folder)).filter((n) => n.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      return { name, sql, digest: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function apply(client: { query: (sql: string, values?: unknown[]) => Promise<unknown> }, file: SqlFile) {
  try {
    await client.query("begin");
    await client.query(file.sql);
    await client.query(
      "insert into careboard_migrations (name, digest) values ($1, $2) on conflict (name) do update set digest = excluded.digest, applied_at = now()",
      [file.name, file.digest],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`${file.name} could not be applied: ${(error as Error).message}`, { cause: error });
  }
}
