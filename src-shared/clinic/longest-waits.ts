import { type Kysely, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { LongestWait } from "../contract/reports.ts";
import type { DB } from "../schema/database.ts";
import { agentName } from "./agent-name.ts";
import { type Reading, within } from "./scope.ts";
import { todayScope, type TodayQuestion } from "./today-scope.ts";

/** Inbound calls of today by how long the caller waited, longest first; of equal waits the later call comes first. */
export async function longestWaits(
  db: Kysely<DB>,
  question: TodayQuestion & { limit: number },
  now: Temporal.Instant,
  reading: Reading,
): Promise<LongestWait[]> {
  const { scope } = await todayScope(db, question, now);
  const { rows } = await sql<LongestWait>`
    select s.id, s.call_start_time as "startedAt", ${reading.callers ? sql`s.caller_number` : sql`null::text`} as "callerNumber", q.name as "queueName",
      ${agentName(reading)} as "agentName", s.call_status as status, s.wait_seconds as "waitSeconds"
    from calls s
    left join queues q on q.id = s.queue_id
    left join agents a on a.id = s.agent_id
    where ${within(scope)} and s.call_direction = 'inbound' and s.wait_seconds is not null
    order by s.wait_seconds desc, s.call_start_time desc, s.id
    limit ${question.limit}`.execute(db);
  return rows;
}
