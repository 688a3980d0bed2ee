import type pg from "pg";

/**
 * Calls in bulk for one clinic, written straight into `calls` by SQL in slices of 50,000, the oldest first; the rollups
 * come along by the triggers. About 900 a day up to now (a million is three years), within the day as a clinic's telephone rings; waits
 * exponential, talks log-normal. Everything else about the clinic must be there before.
 */
export async function bulkCalls(pool: pg.Pool, clinic: string, count: number): Promise<void> {
  const slice = 50_000;
  for (let from = 1; from <= count; from += slice)
    await pool.query(insert, [clinic, count, from, Math.min(count, from + slice - 1)]);
  await pool.query("analyze");
}

const insert = `
with place as (
  select k.id as clinic_id, k.time_zone, s.id as source_id,
    array(select a.id from agents a where a.clinic_id = k.id order by a.display_name) as agents,
    array(select a.location_id from agents a where a.clinic_id = k.id order by a.display_name) as locations,
    array(select q.id from queues q where q.clinic_id = k.id order by q.name) as queues
  from clinics k join call_sources s on s.clinic_id = k.id where k.id = $1
), chance as materialized (
  select n, (now() at time zone time_zone)::date - (($2::bigint - n) / 913)::int as day,
    -- Ten hours with a peak in the morning and one after lunch.
    width_bucket(random(), array[0.07, 0.2, 0.34, 0.47, 0.58, 0.7, 0.82, 0.91, 0.97]) + 8 as hour, random() as minute,
    random() as luck, random() as kind, 1 + floor(random() * 40)::int as agent, 1 + floor(random() * 4)::int as queue,
    (-ln(1 - random()) * 14)::int + 3 as wait, least(3600, exp(5.1 + 0.65 * random_normal()))::int + 3 as talk,
    floor(random() * 100)::int as caller
  from generate_series($3::bigint, $4::bigint) n, place
), call as (
  select *, (day + make_interval(hours => hour, secs => 3600 * minute)) at time zone time_zone as start,
    case when kind < 0.8 then 'inbound' when kind < 0.95 then 'outbound' else 'internal' end as direction,
    case when kind >= 0.8 then case when luck < 0.75 then 'answered' else 'not_connected' end
      when luck < 0.86 then 'answered' when luck < 0.93 then 'abandoned' when luck < 0.98 then 'voicemail' else 'missed' end as status
  from chance, place
)
insert into calls (
  id, clinic_id, source_id, call_id, location_id, queue_id, agent_id, queue_number, agent_extension, caller_number, called_number,
  call_direction, call_start_time, call_answer_time, call_end_time, local_day, local_hour, wait_seconds, ring_duration_seconds,
  talk_duration_seconds, call_status, end_reason
)
select gen_random_uuid(), clinic_id, source_id, 'bulk_' || n, locations[agent],
  case when direction = 'inbound' then queues[queue] end,
  case when status in ('answered', 'not_connected') then agents[agent] end,
  case when direction = 'inbound' then '80' || queue end,
  case when status in ('answered', 'not_connected') then (100 + agent)::text end,
  '20255501' || lpad(caller::text, 2, '0'), '80' || queue, direction, start,
  case when status = 'answered' then start + make_interval(secs => wait) end,
  start + make_interval(secs => wait + case when status = 'answered' then talk when status = 'voicemail' then 30 else 0 end),
  day, hour,
  case when status in ('answered', 'abandoned') then wait end,
  wait,
  case when status = 'answered' then talk end,
  status, 'TerminatedBySrc'
from call where start < now() - interval '1 hour'
`;
