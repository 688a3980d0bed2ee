import type { AuditHealth } from "../audit/start-audit.ts";
import type { Database } from "../database/open.ts";
import type { RetentionHealth } from "../retention/start-retention.ts";
import type { Shapes, ShapesHealth } from "../shapes/create-shapes.ts";

export type Health = {
  status: "ok" | "degraded";
  version: string;
  database: { state: "ok" | "unreachable" };
  /** How desks are fed from PostgreSQL's log. */
  sync: ShapesHealth;
  /** Records that are kept and not read yet, and those on the list of what could not be read. */
  ingest: { waitingRecords: number; rejectedRecords: number } | null;
  audit: AuditHealth | null;
  retention: RetentionHealth | null;
};

type Parts = {
  database: Pick<Database, "systemPool">;
  shapes: Pick<Shapes, "health">;
  audit: { health: () => Promise<AuditHealth> };
  retention: { health: () => Promise<RetentionHealth> };
  version: string;
};

/**
 * Whether the clinic server does its work, without anything of a tenant: the database answers, desks are fed, the audit log ends as it
 * was anchored, and retention keeps up.
 */
export async function health({ database, shapes, audit, retention, version }: Parts): Promise<Health> {
  const sync = shapes.health();
  const parts = await Promise.all([ingest(database), audit.health(), retention.health()]).catch(() => null);
  if (!parts)
    return {
      status: "degraded",
      version,
      database: { state: "unreachable" },
      sync,
      ingest: null,
      audit: null,
      retention: null,
    };
  const [records, audited, kept] = parts;
  const well = sync.state === "streaming" && audited.state === "ok" && kept.state === "ok";
  return {
    status: well ? "ok" : "degraded",
    version,
    database: { state: "ok" },
    sync,
    ingest: records,
    audit: audited,
    retention: kept,
  };
}

async function ingest({ systemPool }: Pick<Database, "systemPool">) {
  const { rows } = await systemPool.query<{ waitingRecords: number; rejectedRecords: number }>(
    `select (select count(*) from raw_records where state = 'waiting') as "waitingRecords",
       (select count(*) from raw_records where state = 'rejected') as "rejectedRecords"`,
  );
  return rows[0] ?? null;
}
