-- Small sums of calls, so that a year of figures is read from some thousand rows. Four grains, each for its questions;
-- one fine grain would hold nearly as many rows as there are calls. They are kept by signed deltas in the transaction
-- that writes the calls: a row that changes its key is taken from the old one and added to the new one.
-- At every moment each rollup equals the same sums over call_facts below; rebuild_rollups() makes it so from scratch.

-- Lower bounds in seconds of the second and every later bucket of a histogram; the first begins at 0, the last has no
-- end. One second each where people look closely, wider further out: a percentile is interpolated inside its bucket.
-- src-shared/clinic/wait-buckets.ts repeats the first list; a test holds them together.
create function wait_bounds() returns integer[] language sql immutable parallel safe as $$
  select array(
    select generate_series(1, 20) union all select generate_series(22, 40, 2) union all select generate_series(44, 60, 4)
    union all select generate_series(70, 120, 10) union all select generate_series(150, 300, 30)
    union all select generate_series(360, 600, 60) union all values (900), (1800)
    order by 1
  )
$$;
create function handle_bounds() returns integer[] language sql immutable parallel safe as $$
  select array(
    select generate_series(20, 300, 20) union all select generate_series(360, 600, 60)
    union all select generate_series(900, 1800, 300) union all values (3600)
    order by 1
  )
$$;

-- What is counted, the same in each rollup. Seconds in the sums.
create table call_measures (
  calls integer not null,
  -- Inbound calls; each is exactly one of the four that follow.
  offered integer not null,
  answered integer not null,
  voicemail integer not null,
  abandoned integer not null,
  missed integer not null,
  -- By the clinic's thresholds: abandoned with a wait below short_abandon_seconds, and waits of at most service_level_seconds.
  short_abandoned integer not null,
  answered_in_target integer not null,
  abandoned_in_target integer not null,
  -- Of answered inbound calls.
  wait_sum bigint not null,
  talk_sum bigint not null,
  hold_sum bigint not null,
  acw_sum bigint not null,
  outbound integer not null,
  outbound_answered integer not null,
  outbound_talk_sum bigint not null,
  internal integer not null
);

create table calls_by_hour (
  clinic_id uuid not null,
  local_day date not null,
  local_hour smallint not null,
  location_id uuid,
  queue_id uuid,
  like call_measures,
  unique nulls not distinct (clinic_id, local_day, local_hour, location_id, queue_id)
) with (fillfactor = 85);

-- Beside the measures: the handled hours, and the waits, as in calls_by_queue. Without the queue: agents serve several in
-- a day, and with it there were 200 rows a day for 900 calls, and a year of agents took 350 ms. Agents within one queue are
-- counted from the rows.
create table calls_by_agent (
  clinic_id uuid not null,
  local_day date not null,
  agent_id uuid,
  location_id uuid,
  like call_measures,
  unique nulls not distinct (clinic_id, local_day, agent_id, location_id)
) with (fillfactor = 85);

-- Beside the measures handle_00 and on: answered inbound calls by talk + hold + after-call work, in the buckets of
-- handle_bounds(); and the waits, as in calls_by_queue.
create table calls_by_type (
  clinic_id uuid not null,
  local_day date not null,
  call_type text,
  location_id uuid,
  like call_measures,
  unique nulls not distinct (clinic_id, local_day, call_type, location_id)
) with (fillfactor = 85);

-- Beside the measures handled_00 to handled_23, answered inbound calls by local hour, and handled_hours, a bit for each
-- hour in which there was one: so the hours of several rows are told apart. Then wait_00 and on, answered and abandoned
-- calls by their wait, in the buckets of wait_bounds().
create table calls_by_queue (
  clinic_id uuid not null,
  local_day date not null,
  location_id uuid,
  queue_id uuid,
  like call_measures,
  unique nulls not distinct (clinic_id, local_day, location_id, queue_id)
) with (fillfactor = 85);
drop table call_measures;

-- The buckets are columns: adding up columns is fast, adding up arrays is not. The functions are made here from the
-- same lists, so that inserting, updating, deleting and rebuilding can't come to differ.
do $$
declare
  -- One row a call: its keys, and each measure as 0 or its worth. %s is where the calls come from, each with a sign.
  facts text := $facts$
    select
      f.clinic_id, f.local_day, f.local_hour, f.location_id, f.queue_id, f.agent_id, f.call_type,
      f.sign as calls,
      case when f.call_direction = 'inbound' then f.sign else 0 end as offered,
      case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.sign else 0 end as answered,
      case when f.call_direction = 'inbound' and f.call_status = 'voicemail' then f.sign else 0 end as voicemail,
      case when f.call_status = 'abandoned' then f.sign else 0 end as abandoned,
      case when f.call_status = 'missed' then f.sign else 0 end as missed,
      case when f.call_status = 'abandoned' and f.wait_seconds < coalesce(k.short_abandon_seconds, 5) then f.sign else 0 end
        as short_abandoned,
      case when f.call_direction = 'inbound' and f.call_status = 'answered'
        and f.wait_seconds <= coalesce(k.service_level_seconds, 20) then f.sign else 0 end as answered_in_target,
      case when f.call_status = 'abandoned' and f.wait_seconds <= coalesce(k.service_level_seconds, 20) then f.sign else 0 end
        as abandoned_in_target,
      case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.sign * coalesce(f.wait_seconds, 0) else 0 end
        as wait_sum,
      case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.sign * coalesce(f.talk_duration_seconds, 0) else 0 end
        as talk_sum,
      case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.sign * f.hold_time_seconds else 0 end as hold_sum,
      case when f.call_direction = 'inbound' and f.call_status = 'answered' then f.sign * f.after_call_work_seconds else 0 end as acw_sum,
      case when f.call_direction = 'outbound' then f.sign else 0 end as outbound,
      case when f.call_direction = 'outbound' and f.call_status = 'answered' then f.sign else 0 end as outbound_answered,
      case when f.call_direction = 'outbound' and f.call_status = 'answered' then f.sign * coalesce(f.talk_duration_seconds, 0) else 0 end
        as outbound_talk_sum,
      case when f.call_direction = 'internal' then f.sign else 0 end as internal,
      case when f.call_direction = 'inbound' and f.call_status in ('answered', 'abandoned') then f.wait_seconds end as waited,
      case when f.call_direction = 'inbound' and f.call_status = 'answered'
        then coalesce(f.talk_duration_seconds, 0) + f.hold_time_seconds + f.after_call_work_seconds end as handle_seconds
    from (%s) f left join clinics k on k.id = f.clinic_id$facts$;
  measures constant text[] := array[
    'calls', 'offered', 'answered', 'voicemail', 'abandoned', 'missed', 'short_abandoned', 'answered_in_target', 'abandoned_in_target',
    'wait_sum', 'talk_sum', 'hold_sum', 'acw_sum', 'outbound', 'outbound_answered', 'outbound_talk_sum', 'internal'
  ];
  sums constant text := (select string_agg(format('sum(%I)', m), ', ') from unnest(measures) m);
  rollups constant jsonb := $rollups$[
    {"name": "calls_by_hour", "keys": ["clinic_id", "local_day", "local_hour", "location_id", "queue_id"]},
    {"name": "calls_by_agent", "keys": ["clinic_id", "local_day", "agent_id", "location_id"], "buckets": ["handled", "wait"]},
    {"name": "calls_by_type", "keys": ["clinic_id", "local_day", "call_type", "location_id"], "buckets": ["handle", "wait"]},
    {"name": "calls_by_queue", "keys": ["clinic_id", "local_day", "location_id", "queue_id"], "buckets": ["handled", "wait"]}
  ]$rollups$;
  rollup jsonb;
  keys text;
  names text[];
  counts text;
  target text;
  delta text;
  upserts text := '';
  clears text := '';
  source record;
begin
  for rollup in select * from jsonb_array_elements(rollups) loop
    keys := (select string_agg(quote_ident(key), ', ') from jsonb_array_elements_text(rollup -> 'keys') key);
    select array_agg(column_name), string_agg(', ' || made, '') into names, counts
    from (
      select format('handled_%s', to_char(h, 'FM00')) as column_name, format('coalesce(sum(answered) filter (where local_hour = %s), 0)', h) as made
      from generate_series(0, 23) h where rollup -> 'buckets' ? 'handled'
      union all
      select format('handle_%s', to_char(b, 'FM00')), format('coalesce(sum(calls) filter (where handle_bucket = %s), 0)', b)
      from generate_series(0, cardinality(handle_bounds())) b where rollup -> 'buckets' ? 'handle'
      union all
      select format('wait_%s', to_char(b, 'FM00')), format('coalesce(sum(calls) filter (where wait_bucket = %s), 0)', b)
      from generate_series(0, cardinality(wait_bounds())) b where rollup -> 'buckets' ? 'wait'
    ) bucket;
    if rollup -> 'buckets' ? 'handled' then
      execute (
        select format('alter table %I ', rollup ->> 'name') || string_agg(format('add %I integer not null', n), ', ')
          || ', add handled_hours integer generated always as ('
          || string_agg(format('case when %I > 0 then 1 << %s else 0 end', n, right(n, 2)::integer), ' | ') || ') stored'
        from unnest(names) n where n like 'handled%'
      );
    end if;
    if names is not null then
      execute (
        select format('alter table %I ', rollup ->> 'name') || string_agg(format('add %I integer not null', n), ', ')
        from unnest(names) n where n not like 'handled%'
      );
    end if;
    names := measures || names;
    target := format('insert into %I (%s, %s)', rollup ->> 'name', keys, array_to_string(names, ', '));
    delta := format('select %s, %s%s from facts group by %s', keys, sums, counts, keys);
    upserts := upserts || format(', %1$s_kept as (%2$s %3$s on conflict (%4$s) do update set %5$s returning calls)',
      rollup ->> 'name', target, delta, keys,
      (select string_agg(format('%1$I = %2$I.%1$I + excluded.%1$I', n, rollup ->> 'name'), ', ') from unnest(names) n));
    clears := clears || format('delete from %I where calls = 0 and clinic_id = any (clinics_touched) and local_day between first_day and last_day;',
      rollup ->> 'name');
  end loop;
  facts := format(
    'select b.*, width_bucket(waited, %L::integer[]) as wait_bucket, width_bucket(handle_seconds, %L::integer[]) as handle_bucket from (%s) b',
    wait_bounds(), handle_bounds(), facts
  );

  -- The rows themselves in the words of the rollups: for what no rollup can answer, and for who may see only some rows.
  execute 'create view call_facts with (security_invoker = true) as ' || format(facts, 'select 1 as sign, calls.* from calls');

  -- Makes a clinic's rollups anew, and gives the number of calls they count.
  execute format(
    $function$
      create function rebuild_rollups(clinic uuid) returns bigint language plpgsql security definer set search_path = public, pg_temp as $body$
      declare
        counted bigint;
      begin
        -- Calls of this clinic that are being written elsewhere are waited for.
        perform 1 from clinics where id = clinic for no key update;
        delete from calls_by_hour where clinic_id = clinic;
        delete from calls_by_agent where clinic_id = clinic;
        delete from calls_by_type where clinic_id = clinic;
        delete from calls_by_queue where clinic_id = clinic;
        with facts as materialized (select * from call_facts where clinic_id = clinic) %s select count(*) into counted from facts;
        return counted;
      end
      $body$
    $function$,
    upserts
  );

  for source in
    select * from (values
      ('inserted', 'new_rows', 'select 1 as sign, * from new_rows', ''),
      ('updated', 'new_rows', 'select -1 as sign, * from old_rows union all select 1, * from new_rows', clears),
      ('deleted', 'old_rows', 'select -1 as sign, * from old_rows', clears)
    ) s (event, changed, rows, clears)
  loop
    execute format(
      $function$
        create function roll_up_%1$s_calls() returns trigger language plpgsql security definer set search_path = public, pg_temp as $body$
        declare
          emptied boolean;
          clinics_touched uuid[];
          first_day date;
          last_day date;
        begin
          if not exists (select from %2$s) then return null; end if;
          -- One writer a clinic until it commits: nobody waits crosswise, and the thresholds hold still.
          perform 1 from clinics where id in (select clinic_id from %2$s) order by id for no key update;
          with facts as materialized (%3$s) %4$s
          select
            exists (select from calls_by_hour_kept where calls = 0) or exists (select from calls_by_agent_kept where calls = 0)
              or exists (select from calls_by_type_kept where calls = 0) or exists (select from calls_by_queue_kept where calls = 0),
            (select array_agg(distinct clinic_id) from facts), (select min(local_day) from facts), (select max(local_day) from facts)
          into emptied, clinics_touched, first_day, last_day;
          if emptied then
            %5$s
          end if;
          return null;
        end
        $body$
      $function$,
      source.event, source.changed, format(facts, source.rows), upserts, source.clears
    );
  end loop;
end
$$;

create function roll_up_truncated_calls() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  truncate calls_by_hour, calls_by_agent, calls_by_type, calls_by_queue;
  return null;
end
$$;

-- A changed threshold moves figures back to the first call. A clinic may also come after its calls, where a replica is filled.
create function rebuild_rollups_of_clinic() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  clinic constant uuid := coalesce(new.id, old.id);
begin
  if exists (select from calls where clinic_id = clinic) then perform rebuild_rollups(clinic); end if;
  return null;
end
$$;
revoke execute on function rebuild_rollups(uuid) from public;

create trigger calls_inserted after insert on calls referencing new table as new_rows
  for each statement execute function roll_up_inserted_calls();
create trigger calls_updated after update on calls referencing old table as old_rows new table as new_rows
  for each statement execute function roll_up_updated_calls();
create trigger calls_deleted after delete on calls referencing old table as old_rows
  for each statement execute function roll_up_deleted_calls();
create trigger calls_truncated after truncate on calls
  for each statement execute function roll_up_truncated_calls();
create trigger clinic_came_or_went after insert or delete on clinics
  for each row execute function rebuild_rollups_of_clinic();
create trigger clinic_thresholds_changed after update on clinics
  for each row when (
    (old.service_level_seconds, old.short_abandon_seconds) is distinct from (new.service_level_seconds, new.short_abandon_seconds)
  ) execute function rebuild_rollups_of_clinic();

-- The replica writes with session_replication_role = replica, which silences ordinary triggers.
alter table calls enable always trigger calls_inserted;
alter table calls enable always trigger calls_updated;
alter table calls enable always trigger calls_deleted;
alter table calls enable always trigger calls_truncated;
alter table clinics enable always trigger clinic_came_or_went;
alter table clinics enable always trigger clinic_thresholds_changed;
