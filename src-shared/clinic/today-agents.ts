import { type Kysely, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { AnalyticsGroup } from "../contract/reports.ts";
import type { DB } from "../schema/database.ts";
import { callAnalytics } from "./call-analytics.ts";
import { unassigned } from "./labels.ts";
import { type Reading, type Scope, wholeClinics, within } from "./scope.ts";
import { todayScope, type TodayQuestion } from "./today-scope.ts";

type TodaysAgent = AnalyticsGroup & { lastCallAt: string | null };

/**
 * Today's agents, most answered first, then by name; `lastCallAt` is when the last call that they took or made ended.
 * Calls that nobody answered belong to no agent: `unassigned` is there only when somebody without a mapping took or made one.
 * A board, which sees no call, is not told when it ended.
 */
export async function todayAgents(
  db: Kysely<DB>,
  question: TodayQuestion,
  now: Temporal.Instant,
  reading: Reading = wholeClinics,
): Promise<TodaysAgent[]> {
  const { scope } = await todayScope(db, question, now);
  const { startDate, endDate } = scope;
  const { groups } = await callAnalytics(db, { ...question, startDate, endDate, groupBy: "agent" }, reading);
  const last = reading.from === "rollups" ? new Map<string, null>() : await lastCallBy(db, scope);
  return groups
    .filter((group) => group.key !== unassigned.key || group.answered + group.outbound > 0)
    .map((group) => ({ ...group, lastCallAt: last.get(group.key) ?? null }))
    .sort(
      (a, b) =>
        Number(a.key === unassigned.key) - Number(b.key === unassigned.key) ||
        b.answered - a.answered ||
        (a.label < b.label ? -1 : a.label > b.label ? 1 : a.key < b.key ? -1 : 1),
    );
}

async function lastCallBy(db: Kysely<DB>, scope: Scope): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ agent_id: string | null; last: string | null }>`
    select s.agent_id, max(s.call_end_time) as last
    from calls s
    where ${within(scope)} and s.call_status not in ('abandoned', 'missed', 'voicemail')
    group by 1`.execute(db);
  return new Map(rows.map((r) => [r.agent_id ?? unassigned.key, r.last]));
}
