import { type RawBuilder, sql } from "kysely";
import { agentName } from "./agent-name.ts";
import type { Reading } from "./scope.ts";

/** What a call record is made of, by name: nobody may read every column of calls. */
const held = `
  id clinic_id call_id call_direction call_status end_reason call_type call_start_time call_answer_time call_end_time local_day local_hour
  wait_seconds talk_duration_seconds hold_time_seconds after_call_work_seconds transfer_count location_id queue_id queue_number agent_id
  agent_extension`
  .trim()
  .split(/\s+/);
const callers = ["caller_number", "caller_name", "called_number"];

/** The columns of `calls s` that `callColumns` needs; who called is left out, and null, where it isn't shown. */
export const heldColumns = (reading: Reading): RawBuilder<unknown> =>
  sql.join([
    ...held.map((column) => sql.ref(`s.${column}`)),
    ...callers.map((column) => (reading.callers ? sql.ref(`s.${column}`) : sql`null::text as ${sql.ref(column)}`)),
  ]);

/** The columns of a call record as the contract names them, from `s` with the held columns and its names joined. */
export const callColumns = (reading: Reading): RawBuilder<unknown> => sql`
  s.id, s.clinic_id as "clinicId", s.call_id as "callId", s.call_direction as direction, s.call_status as status,
  s.end_reason as "endReason", s.call_type as "callType", s.call_start_time as "startedAt", s.call_answer_time as "answeredAt",
  s.call_end_time as "endedAt", s.local_day::text as "localDay", s.local_hour as "localHour", s.wait_seconds as "waitSeconds",
  s.talk_duration_seconds as "talkSeconds", s.hold_time_seconds as "holdSeconds",
  s.after_call_work_seconds as "afterCallWorkSeconds", s.transfer_count as "transferCount",
  s.caller_number as "callerNumber", s.caller_name as "callerName", s.called_number as "calledNumber",
  s.location_id as "locationId", l.name as "locationName", s.queue_id as "queueId", q.name as "queueName",
  s.queue_number as "queueNumber", s.agent_id as "agentId", ${agentName(reading)} as "agentName",
  s.agent_extension as "agentExtension"`;

export const namesJoined = sql`
  left join locations l on l.id = s.location_id
  left join queues q on q.id = s.queue_id
  left join agents a on a.id = s.agent_id`;
