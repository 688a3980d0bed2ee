import type { Database } from "../database/open.ts";
import type { Shapes, ShapesHealth } from "../shapes/create-shapes.ts";

export type Health = {
  status: "ok" | "degraded";
  version: string;
  database: { state: "ok" | "unreachable"; waitingRecords: number | null; rejectedRecords: number | null };
  shapes: ShapesHealth;
};

/** Whether the clinic server does its work: the database answers, and desks are fed from its log. */
export async function health(
  database: Pick<Database, "systemPool">,
  shapes: Pick<Shapes, "health">,
  version: string,
): Promise<Health> {
  const sync = shapes.health();
  try {
    const { rows } = await database.systemPool.query<{ waiting: number; rejected: number }>(
      `select (select count(*) from raw_records where state = 'waiting') as waiting,
         (select count(*) from raw_records where state = 'rejected') as rejected`,
    );
    return {
      status: sync.state === "streaming" ? "ok" : "degraded",
      version,
      database: { state: "ok", waitingRecords: rows[0]?.waiting ?? 0, rejectedRecords: rows[0]?.rejected ?? 0 },
      shapes: sync,
    };
  } catch {
    return {
      status: "degraded",
      version,
      database: { state: "unreachable", waitingRecords: null, rejectedRecords: null },
      shapes: sync,
    };
  }
}
