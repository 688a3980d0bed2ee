import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { Temporal } from "temporal-polyfill";
import { type RetentionSubject, retentionSubject } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { keptFrom, lastDue } from "./kept-from.ts";
import { type Gone, type Over, removeBatch } from "./remove-batch.ts";
import { retentionRules } from "./rules.ts";

type Options = {
  /** Rows a transaction: the clinic's calls can be written in between, and desks follow piece by piece. */
  batch?: number;
  /** Ends after the batch that is under way. */
  signal?: AbortSignal;
  /** These clinics alone. */
  only?: (clinic: { id: string; zone: string }) => boolean;
};

/**
 * Removes what is over by each clinic's rules and in its zone. Every batch keeps its line in the audit log and its count in
 * `retention_runs` in its own transaction: whatever stops it, what went is written down, and the next run goes on.
 * @returns how many rows went
 */
export async function removeExpired(
  system: Kysely<DB>,
  now: Temporal.Instant,
  log: Pick<Logger, "info" | "error">,
  { batch = 2000, signal, only = () => true }: Options = {},
): Promise<number> {
  const clinics = await system
    .selectFrom("clinics")
    .select(["id", "organization_id as organizationId", "time_zone as zone"])
    .orderBy("id")
    .execute();
  let removed = 0;
  for (const clinic of clinics.filter(only)) {
    try {
      const rules = await retentionRules(system, clinic.id);
      for (const subject of retentionSubject.options) {
        if (signal?.aborted) return removed;
        removed += await removeSubject(system, { clinic, subject, days: rules[subject], now, batch, signal });
      }
    } catch (error) {
      // One clinic's trouble must not keep what is over in the others.
      log.error({ clinic: clinic.id, err: String(error) }, "retention could not be carried out");
    }
  }
  if (removed > 0) log.info({ removed }, "removed what was over by retention");
  return removed;
}

type Run = {
  clinic: { id: string; organizationId: string; zone: string };
  subject: RetentionSubject;
  days: number;
  now: Temporal.Instant;
  batch: number;
  signal: AbortSignal | undefined;
};

async function removeSubject(system: Kysely<DB>, run: Run): Promise<number> {
  const { clinic, subject, days, now, batch, signal } = run;
  const over: Over = { clinicId: clinic.id, ...keptFrom(days, clinic.zone, now) };
  let id: number | null = null;
  let total = 0;
  let gone: Gone = { removed: 0, detail: {}, after: 0 };
  const stopped = () => signal?.aborted ?? false;
  do {
    const { after } = gone;
    const before: number | null = id;
    const done: { gone: Gone; id: number | null } = await system.transaction().execute(async (tx) => {
      const gone = await removeBatch[subject](tx, over, batch, after);
      if (gone.removed === 0) return { gone, id: before };
      const id = await noteRun(tx, before, run, over, gone.removed);
      await writeAudit(tx, {
        action: "retention",
        subject: `retention.${subject}`,
        organizationId: clinic.organizationId,
        clinicId: clinic.id,
        detail: { beforeDay: over.day, days, removed: gone.removed, ...gone.detail },
      });
      return { gone, id };
    });
    ({ gone, id } = done);
    total += gone.removed;
  } while (gone.removed === batch && !stopped());
  // A day on which nothing was over has its run too: so it shows that it was looked at.
  if (id === null && (await noRunSince(system, clinic.id, subject, lastDue(clinic.zone, now))))
    await noteRun(system, null, run, over, 0);
  return total;
}

async function noteRun(tx: Kysely<DB>, id: number | null, { clinic, subject, now }: Run, over: Over, removed: number) {
  if (id !== null) {
    await tx
      .updateTable("retention_runs")
      .set({ removed: sql`removed + ${removed}`, finished_at: sql`now()` })
      .where("id", "=", id)
      .execute();
    return id;
  }
  const row = await tx
    .insertInto("retention_runs")
    .values({ clinic_id: clinic.id, subject, before_day: over.day, removed, started_at: now.toString() })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

async function noRunSince(system: Kysely<DB>, clinicId: string, subject: RetentionSubject, due: Temporal.Instant) {
  const found = await system
    .selectFrom("retention_runs")
    .where("clinic_id", "=", clinicId)
    .where("subject", "=", subject)
    .where("started_at", ">=", due.toString())
    .select("id")
    .executeTakeFirst();
  return found === undefined;
}
