import { type RawBuilder, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import type { Reading, Scope } from "./scope.ts";

export type Source = "calls_by_hour" | "calls_by_agent" | "calls_by_type" | "calls_by_queue" | "call_facts";

/** The smallest rollup that knows everything the question asks by, or the rows where none does. */
export function sourceFor(groupBy: GroupBy, filter: Scope["filter"], reading: Reading): Source {
  if (reading.rowsOnly) return "call_facts";
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
