import { sql } from "kysely";

/** The columns of a call record as the contract names them, from `calls s` with its names joined. */
export const callColumns = sql`
  s.id, s.clinic_id as "clinicId", s.call_id as "callId", s.call_direction as direction, s.call_status as status,
  s.end_reason as "endReason", s.call_type as "callType", s.call_start_time as "startedAt", s.call_answer_time as "answeredAt",
  s.call_end_time as "endedAt", s.local_day::text as "localDay", s.local_hour as "localHour", s.wait_seconds as "waitSeconds",
  s.talk_duration_seconds as "talkSeconds", s.hold_time_seconds as "holdSeconds",
  s.after_call_work_seconds as "afterCallWorkSeconds", s.transfer_count as "transferCount",
  s.caller_number as "callerNumber", s.caller_name as "callerName", s.called_number as "calledNumber",
  s.location_id as "locationId", l.name as "locationName", s.queue_id as "queueId", q.name as "queueName",
  s.queue_number as "queueNumber", s.agent_id as "agentId", a.display_name as "agentName",
  s.agent_extension as "agentExtension"`;

export const namesJoined = sql`
  left join locations l on l.id = s.location_id
  left join queues q on q.id = s.queue_id
  left join agents a on a.id = s.agent_id`;
