import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { IncomingRecord } from "./incoming-record.ts";
import { longestRecord } from "./reader/read-record.ts";

/**
 * Keeps records as they came, committed when this returns and not read yet. A record that the source has sent before is
 * kept once. Records over 64 KB keep their beginning and the digest of the whole.
 *
 * @returns the ids of those that are new
 * @throws when there is no such source
 */
export async function storeRecords(
  pool: Pool,
  sourceId: string,
  records: readonly IncomingRecord[],
): Promise<number[]> {
  const byDigest = new Map<string, { record: IncomingRecord; digest: Buffer }>();
  for (const record of records) {
    const digest = createHash("sha256").update(record.format).update("\n").update(record.body).digest();
    byDigest.set(digest.toString("base64"), { record, digest });
  }
  // In one order everywhere: two senders of the same records wait for one another instead of blocking one another.
  const sorted = [...byDigest.values()].sort((a, b) => Buffer.compare(a.digest, b.digest));
  const { rows } = await pool.query<{ id: number | null; known: boolean }>(
    `with source as (select id, clinic_id from call_sources where id = $1),
       stored as (
         insert into raw_records (source_id, clinic_id, body, format, digest)
         select source.id, source.clinic_id, given.body, given.format, given.digest
         from source, unnest($2::bytea[], $3::text[], $4::bytea[]) with ordinality as given (body, format, digest, place)
         order by given.place
         on conflict (source_id, digest) do nothing
         returning id
       )
     select (select count(*) from source) = 1 as known, stored.id from (values (1)) as one left join stored on true`,
    [
      sourceId,
      sorted.map(({ record }) => record.body.subarray(0, longestRecord + 1)),
      sorted.map(({ record }) => record.format),
      sorted.map(({ digest }) => digest),
    ],
  );
  if (!rows[0]?.known) throw new Error(`There is no source of calls ${sourceId}.`);
  return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
}
