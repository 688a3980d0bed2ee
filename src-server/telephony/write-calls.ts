import type { PoolClient } from "pg";
import { callUuid } from "./call-uuid.ts";
import type { CallFacts } from "./reader/call-facts.ts";

/** Columns that come from the phone system; everything else of a call belongs to people and is never touched here. */
const read = ["location_id", "queue_id", "agent_id", "queue_number", "agent_extension", "caller_number", "caller_name",
  "called_number", "call_direction", "call_start_time", "call_answer_time", "call_end_time", "local_day", "local_hour",
  "wait_seconds", "ring_duration_seconds", "talk_duration_seconds", "transfer_count", "call_status", "end_reason"]; // prettier-ignore

const upsert = `
  with given as (
    select * from json_to_recordset($2::json) as r (
      id uuid, call_id text, queue_number text, agent_extension text, caller_number text, caller_name text, called_number text,
      call_direction text, call_start_time timestamptz, call_answer_time timestamptz, call_end_time timestamptz,
      wait_seconds integer, ring_duration_seconds integer, talk_duration_seconds integer, transfer_count integer,
      call_status text, end_reason text
    )
  )
  insert into calls (id, clinic_id, source_id, call_id, ${read.join(", ")})
  select given.id, source.clinic_id, source.id, given.call_id,
    coalesce(queue.location_id, agent.location_id, source.location_id), queue.id, agent.id,
    given.queue_number, given.agent_extension, given.caller_number, given.caller_name, given.called_number,
    given.call_direction, given.call_start_time, given.call_answer_time, given.call_end_time,
    (given.call_start_time at time zone clinic.time_zone)::date,
    extract(hour from given.call_start_time at time zone clinic.time_zone),
    given.wait_seconds, given.ring_duration_seconds, given.talk_duration_seconds, given.transfer_count,
    given.call_status, given.end_reason
  from given
  join call_sources as source on source.id = $1
  join clinics as clinic on clinic.id = source.clinic_id
  left join queue_numbers on queue_numbers.source_id = source.id and queue_numbers.number = given.queue_number
  left join queues as queue on queue.id = queue_numbers.queue_id
  left join agent_extensions on agent_extensions.source_id = source.id and agent_extensions.extension = given.agent_extension
  left join agents as agent on agent.id = agent_extensions.agent_id
  on conflict (source_id, call_id) do update
  set ${read.map((column) => `${column} = excluded.${column}`).join(", ")}, updated_at = now()
  where (${read.map((column) => `calls.${column}`).join(", ")}) is distinct from (${read.map((column) => `excluded.${column}`).join(", ")})`;

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** Writes calls in one statement, placed by the mappings of their source. A call that reads as before is not touched. */
export async function writeCalls(client: PoolClient, sourceId: string, calls: readonly CallFacts[]): Promise<number> {
  if (calls.length === 0) return 0;
  const rows = calls.map((call) => ({
    id: callUuid(sourceId, call.callId),
    call_id: call.callId,
    queue_number: call.queueNumber,
    agent_extension: call.agentExtension,
    caller_number: call.callerNumber,
    caller_name: call.callerName,
    called_number: call.calledNumber,
    call_direction: call.direction,
    call_start_time: iso(call.start),
    call_answer_time: iso(call.answered),
    call_end_time: iso(call.end),
    wait_seconds: call.waitSeconds,
    ring_duration_seconds: call.ringSeconds,
    talk_duration_seconds: call.talkSeconds,
    transfer_count: call.transfers,
    call_status: call.status,
    end_reason: call.endReason,
  }));
  const { rowCount } = await client.query(upsert, [sourceId, JSON.stringify(rows)]);
  return rowCount ?? 0;
}
