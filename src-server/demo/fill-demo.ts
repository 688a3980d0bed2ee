import { sql } from "kysely";
import type { Database } from "../database/open.ts";
import { ingest } from "../telephony/ingest.ts";
import { localDay } from "./calendar.ts";
import { dayLines } from "./day-lines.ts";
import { daysToFill } from "./days-to-fill.ts";
import { type DemoClinic, demoClinics } from "./demo-plan.ts";
import { fillClinics, sourceId } from "./fill-clinics.ts";
import { fillPeople } from "./fill-people.ts";

export type FillOptions = {
  /** How many local days, today included, are to hold calls; 0 makes clinics and people without any call. */
  days: number;
  /** Calls that have ended by then. */
  now: Date;
  /** The same seed gives the same data. */
  seed?: number;
  /** False leaves out the demo people and their known password. */
  people?: boolean;
  log: (line: string) => void;
};

/**
 * Fills in the demo clinics as far as they are missing: on the first start everything, later the days since. Calls go
 * in as lines of their phone systems, through the same door as real ones.
 */
export async function fillDemo(
  database: Pick<Database, "system" | "systemPool">,
  { days, now, seed = 1, people = true, log }: FillOptions,
): Promise<{ lines: number; rejected: number }> {
  await fillClinics(database.system);
  if (people) await fillPeople(database.system);
  const work = await Promise.all(demoClinics.map((clinic) => outstanding(database, clinic, days, now)));
  const total = work.reduce((sum, { wanted }) => sum + wanted.length, 0);
  const counts = { lines: 0, rejected: 0 };
  if (total === 0) return counts;
  const started = Date.now();
  let done = 0;
  let told = started;
  if (total > 20) log(`Demo: filling ${days} days of calls …`);
  for (const { clinic, wanted } of work)
    // A month at a time: batches long enough to be fast, short enough to be small in memory.
    for (let from = 0; from < wanted.length; from += 30) {
      const part = wanted.slice(from, from + 30);
      const lines = part
        .flatMap((day) => dayLines(seed, clinic, day))
        .filter((line) => line.at <= now.getTime())
        .map((line) => line.text);
      const answer = await ingest(database, sourceId(clinic), lines);
      counts.lines += answer.stored;
      counts.rejected += answer.rejected;
      done += part.length;
      if (Date.now() - told > 2000) {
        told = Date.now();
        log(`Demo: ${Math.round((100 * done) / total)} % (${counts.lines} call records) …`);
      }
    }
  // The planner knows nothing of rows that came a moment ago, and the first screens ask at once.
  if (counts.lines > 5000) await sql`select refresh_statistics()`.execute(database.system);
  if (counts.lines > 0) log(`Demo: ${counts.lines} call records in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  return counts;
}

async function outstanding(
  database: Pick<Database, "system" | "systemPool">,
  clinic: DemoClinic,
  days: number,
  now: Date,
) {
  const rows = await database.system
    .selectFrom("calls")
    .where("source_id", "=", sourceId(clinic))
    .select("local_day")
    .distinct()
    .execute();
  const today = localDay(now, clinic.timeZone);
  return { clinic, wanted: daysToFill(today, days, new Set(rows.map((row) => row.local_day))) };
}
