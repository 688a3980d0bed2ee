import { type Kysely, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { AnalyticsGroup } from "../contract/reports.ts";
import type { DB } from "../schema/database.ts";
import { callAnalytics } from "./call-analytics.ts";
import { unassigned } from "./labels.ts";
import { type Reading, type Scope, wholeClinics, within } from "./scope.ts";
import { todayScope, type TodayQuestion } from "./today-scope.ts";

/** Today by queue, with the longest wait of a call that was answered or abandoned: null for a board, which sees no call. */
export async function todayQueues(
  db: Kysely<DB>,
  question: TodayQuestion,
  now: Temporal.Instant,
  reading: Reading = wholeClinics,
): Promise<(AnalyticsGroup & { longestWait: number | null })[]> {
  const { scope } = await todayScope(db, question, now);
  const { startDate, endDate } = scope;
  const { groups } = await callAnalytics(db, { ...question, startDate, endDate, groupBy: "queue" }, reading);
  const longest = reading.from === "rollups" ? new Map<string, null>() : await longestBy(db, scope);
  return groups.map((group) => ({ ...group, longestWait: longest.get(group.key) ?? null }));
}

async function longestBy(db: Kysely<DB>, scope: Scope): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ queue_id: string | null; longest: number | null }>`
    select s.queue_id, max(s.wait_seconds) as longest
    from calls s
    where ${within(scope)} and s.call_direction = 'inbound'
    group by 1`.execute(db);
  return new Map(rows.map((r) => [r.queue_id ?? unassigned.key, r.longest]));
}
