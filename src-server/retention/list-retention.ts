import { type Kysely, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import { type RetentionSubject, retentionSubject } from "#shared/contract/administration.ts";
import { notFound } from "#shared/clinic/refuse.ts";
import type { DB } from "#shared/schema/database.ts";
import { keptFrom } from "./kept-from.ts";
import { retentionRules } from "./rules.ts";

type Held = { held: number; over: number; oldest: string | null };

/** How long a clinic keeps what, what it holds, and what the next run will remove. `db` is a transaction of asMember(). */
export async function listRetention(db: Kysely<DB>, clinicId: string, now: Temporal.Instant) {
  const clinic = await db.selectFrom("clinics").where("id", "=", clinicId).select("time_zone").executeTakeFirst();
  if (!clinic) throw notFound("There is no such clinic among yours: choose one of the list.");
  const rules = await retentionRules(db, clinicId);
  const rows = [];
  for (const subject of retentionSubject.options) {
    const kept = keptFrom(rules[subject], clinic.time_zone, now);
    const run = await db
      .selectFrom("retention_runs")
      .where("clinic_id", "=", clinicId)
      .where("subject", "=", subject)
      .orderBy("id", "desc")
      .select(["finished_at as at", "before_day as beforeDay", "removed"])
      .executeTakeFirst();
    rows.push({
      subject,
      days: rules[subject],
      keepsFrom: kept.day,
      ...(await held[subject](db, clinicId, kept, clinic.time_zone)),
      lastRun: run ?? null,
    });
  }
  return rows;
}

const held: Record<
  RetentionSubject,
  (db: Kysely<DB>, clinicId: string, kept: { day: string; instant: string }, zone: string) => Promise<Held>
> = {
  calls: async (db, clinicId, { day }) => {
    const { rows } = await sql<Held>`
      select count(*) as held, count(*) filter (where local_day < ${day}) as over, min(local_day) as oldest
      from calls where clinic_id = ${clinicId}`.execute(db);
    return rows[0] ?? nothing;
  },
  rawRecords: async (db, clinicId, { instant }, zone) => {
    const { rows } = await sql<Held>`
      select count(*) as held, count(*) filter (where received_at < ${instant}) as over,
        (min(received_at) at time zone ${zone})::date as oldest
      from raw_records where clinic_id = ${clinicId}`.execute(db);
    return rows[0] ?? nothing;
  },
};

const nothing: Held = { held: 0, over: 0, oldest: null };
