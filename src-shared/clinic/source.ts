import { type RawBuilder, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import { forbidden } from "./refuse.ts";
import type { Reading, Scope } from "./scope.ts";

export type Source = "calls_by_hour" | "calls_by_agent" | "calls_by_type" | "calls_by_queue" | "call_facts";

/**
 * The smallest rollup that knows everything the question asks by, or the rows where none does.
 * @throws FORBIDDEN for who sees no rows, where no rollup knows it
 */
export function sourceFor(groupBy: GroupBy, filter: Scope["filter"], reading: Reading): Source {
  if (reading.from === "rows") return "call_facts";
  const source = smallest(groupBy, filter);
  if (source === "call_facts" && reading.from === "rollups")
    throw forbidden("This is counted from single calls, which a board does not see: leave out the agent or the queue.");
  return source;
}

function smallest(groupBy: GroupBy, filter: Scope["filter"]): Source {
  const agent = groupBy === "agent" || filter.agentId !== undefined;
  const queue = groupBy === "queue" || filter.queueIds !== undefined;
  if (groupBy === "callType") return agent || queue ? "call_facts" : "calls_by_type";
  if (agent) return queue || groupBy === "hour" ? "call_facts" : "calls_by_agent";
  return groupBy === "hour" ? "calls_by_hour" : "calls_by_queue";
}

export const from = (source: Source): RawBuilder<unknown> => sql`${sql.table(source)} s`;

/** Whether a source knows the waits by bucket. */
export const hasBuckets = (source: Source): boolean =>
  source === "calls_by_agent" || source === "calls_by_type" || source === "calls_by_queue";
