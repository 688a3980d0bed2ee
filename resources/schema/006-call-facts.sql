-- call_facts anew, with its columns by name: whoever reads a view must be allowed every column it names, and nobody is shown
-- all columns of calls. The figures and buckets are those of 004-rollups.sql; a test holds them against the rollups.
drop view call_facts;

do $$
begin
  execute format(
    $view$
      create view call_facts with (security_invoker = true) as
      select b.*, width_bucket(waited, %L::integer[]) as wait_bucket, width_bucket(handle_seconds, %L::integer[]) as handle_bucket
      from (
        select
          f.clinic_id, f.local_day, f.local_hour, f.location_id, f.queue_id, f.agent_id, f.call_type,
          1 as calls,
          case when f.call_direction = 'inbound' then 1 else 0 end as offered,
          case when f.call_direction = 'inbound' and f.call_status = 'answered' then 1 else 0 end as answered,
          case when f.call_direction = 'inbound' and f.call_status = 'voicemail' then 1 else 0 end as voicemail,
          case when f.call_status = 'abandoned' then 1 else 0 end as abandoned,
          case when f.call_status = 'missed' then 1 else 0 end as missed,
          case when f.call_status = 'abandoned' and f.wait_seconds < coalesce(k.short_abandon_seconds, 5) then 1 else 0 end
            as short_abandoned,
          case when f.call_direction = 'inbound' and f.call_status = 'answered'
            and f.wait_seconds <= coalesce(k.service_level_seconds, 20) then 1 else 0 end as answered_in_target,
          case when f.call_status = 'abandoned' and f.wait_seconds <= coalesce(k.service_level_seconds, 20) then 1 else 0 end
            as abandoned_in_target,
          case when f.call_direction = 'inbound' and f.call_status = 'answered' then coalesce(f.wait_seconds, 0) else 0 end as wait_sum,
          case when f.call_direction = 'inbound' and f.call_status = 'answered' then coalesce(f.talk_duration_seconds, 0) else 0 end
            as talk_sum,
          case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.hold_time_seconds else 0 end as hold_sum,
          case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.after_call_work_seconds else 0 end as acw_sum,
          case when f.call_direction = 'outbound' then 1 else 0 end as outbound,
          case when f.call_direction = 'outbound' and f.call_status = 'answered' then 1 else 0 end as outbound_answered,
          case when f.call_direction = 'outbound' and f.call_status = 'answered' then coalesce(f.talk_duration_seconds, 0) else 0 end
            as outbound_talk_sum,
          case when f.call_direction = 'internal' then 1 else 0 end as internal,
          case when f.call_direction = 'inbound' and f.call_status in ('answered', 'abandoned') then f.wait_seconds end as waited,
          case when f.call_direction = 'inbound' and f.call_status = 'answered'
            then coalesce(f.talk_duration_seconds, 0) + f.hold_time_seconds + f.after_call_work_seconds end as handle_seconds
        from calls f left join clinics k on k.id = f.clinic_id
      ) b
    $view$,
    wait_bounds(), handle_bounds()
  );
end
$$;
