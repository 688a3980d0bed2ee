import { randomBytes, randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction } from "./in-transaction.ts";

/** 256 bits, in characters that survive a copy into a file or a form. */
const newSecret = () => randomBytes(32).toString("base64url");

/**
 * Makes a source of calls for a clinic and gives its secret, which is shown this once.
 * @throws an Error that says which clinics there are, or that the name is taken
 */
export async function addSource(pool: Pool, name: string, clinicSlug: string): Promise<string> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name))
    throw new Error(
      `"${name}" is no name for a source: use up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit.`,
    );
  const clinics = await pool.query<{ id: string; slug: string }>("select id, slug from clinics order by slug");
  const clinic = clinics.rows.find((row) => row.slug === clinicSlug);
  if (!clinic) {
    const known = clinics.rows.map((row) => row.slug).join(", ");
    throw new Error(
      known
        ? `There is no clinic "${clinicSlug}". The clinics are: ${known}.`
        : `There is no clinic "${clinicSlug}", and none at all in this database yet: is this the server's data folder?`,
    );
  }
  return inTransaction(pool, async (client) => {
    const added = await client.query<{ id: string }>(
      "insert into call_sources (id, clinic_id, name) values ($1, $2, $3) on conflict (name) do nothing returning id",
      [randomUUID(), clinic.id, name],
    );
    const source = added.rows[0];
    if (!source)
      throw new Error(
        `The name "${name}" is taken: choose another, or give that source a new secret with "npm run source -- rotate ${name}".`,
      );
    const secret = newSecret();
    await client.query("insert into call_source_secrets (source_id, secret) values ($1, $2)", [source.id, secret]);
    return secret;
  });
}

/**
 * Gives a source a new secret; the old one ends at once.
 * @throws an Error that names the sources there are
 */
export async function rotateSecret(pool: Pool, name: string): Promise<string> {
  const secret = newSecret();
  const { rowCount } = await pool.query(
    `insert into call_source_secrets (source_id, secret) select id, $2 from call_sources where name = $1
     on conflict (source_id) do update set secret = excluded.secret`,
    [name, secret],
  );
  if (rowCount === 1) return secret;
  const known = (await listSources(pool)).map((source) => source.name).join(", ");
  throw new Error(
    `There is no source "${name}". ${known ? `The sources are: ${known}.` : "There is none yet: add one."}`,
  );
}

export type SourceLine = { name: string; clinic: string; lastReceivedAt: string | null; calls: number };

export async function listSources(pool: Pool): Promise<SourceLine[]> {
  const { rows } = await pool.query<{ name: string; slug: string; last: string | null; calls: number }>(
    `select call_sources.name, clinics.slug,
       (select max(received_at) from raw_records where source_id = call_sources.id) as last,
       (select count(*) from calls where source_id = call_sources.id) as calls
     from call_sources join clinics on clinics.id = call_sources.clinic_id order by clinics.slug, call_sources.name`,
  );
  return rows.map((row) => ({ name: row.name, clinic: row.slug, lastReceivedAt: row.last, calls: row.calls }));
}
