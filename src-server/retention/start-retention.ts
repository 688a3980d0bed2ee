import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import { Temporal } from "temporal-polyfill";
import { retentionSubject } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";
import { lastDue, nextDue } from "./kept-from.ts";
import { removeExpired } from "./remove-expired.ts";

/** `overdue`: a clinic whose nightly run is missing for more than two hours, while this server has had time for it. */
export type RetentionHealth = { state: "ok" | "overdue"; lastRun: string | null };

export type Retention = { health: () => Promise<RetentionHealth>; stop: () => Promise<void> };

/** New clinics and clocks that were set are noticed after that long, in milliseconds. */
const longestSleep = 600_000;
const patience = Temporal.Duration.from({ hours: 2 });

/**
 * Removes what is over each night at three o'clock of the clinic's zone. What is due is told from `retention_runs` alone: a night that
 * was missed is caught up, and at the start every clinic is looked at, because a run before may have been broken off.
 */
export function startRetention({
  system,
  log,
  now = Temporal.Now.instant,
}: {
  system: Kysely<DB>;
  log: Pick<Logger, "info" | "error">;
  now?: () => Temporal.Instant;
}): Retention {
  const stopping = new AbortController();
  const begun = now();
  let wake = () => {};
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    let all = true;
    while (!stopping.signal.aborted) {
      let next = longestSleep;
      try {
        const due = await dueClinics(system, now());
        await removeExpired(system, now(), log, {
          signal: stopping.signal,
          only: ({ id }) => all || (due.get(id)?.due ?? true),
        });
        all = false;
        const at = now();
        for (const { zone } of due.values())
          next = Math.min(next, at.until(nextDue(zone, at)).total({ unit: "milliseconds" }));
      } catch (error) {
        log.error({ err: String(error) }, "retention could not look at the clinics; it tries again");
      }
      if (!stopping.signal.aborted) await sleep(Math.max(1000, next));
    }
  })();

  return {
    health: async () => {
      const clinics = await dueClinics(system, now());
      const runs = await system
        .selectFrom("retention_runs")
        .select((eb) => eb.fn.max("finished_at").as("last"))
        .executeTakeFirst();
      const late = now().subtract(patience);
      const overdue = [...clinics.values()].some(
        ({ due, since }) =>
          due && Temporal.Instant.compare(since, late) < 0 && Temporal.Instant.compare(begun, late) < 0,
      );
      return { state: overdue ? "overdue" : "ok", lastRun: runs?.last ?? null };
    },
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}

type Due = { zone: string; due: boolean; since: Temporal.Instant };

/** Each clinic with when its last run was due, and whether it is missing. A clinic in an unknown zone is left to the run to name. */
async function dueClinics(system: Kysely<DB>, now: Temporal.Instant): Promise<Map<string, Due>> {
  const { rows } = await sql<{ id: string; zone: string; last: string | null }>`
    select c.id, c.time_zone as zone, (
      select min(last) from (
        select (select max(started_at) from retention_runs r where r.clinic_id = c.id and r.subject = s) as last
        from unnest(${retentionSubject.options}::text[]) s
      ) each having count(last) = ${retentionSubject.options.length}
    ) as last
    from clinics c`.execute(system);
  return new Map(
    rows.flatMap(({ id, zone, last }): [string, Due][] => {
      try {
        const since = lastDue(zone, now);
        const due = last === null || Temporal.Instant.compare(Temporal.Instant.from(last), since) < 0;
        return [[id, { zone, due, since }]];
      } catch {
        return [];
      }
    }),
  );
}
