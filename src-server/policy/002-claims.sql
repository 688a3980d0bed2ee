-- What this transaction's person is, as asMember() set it: {"user": [id], "organization": [id], "clinics": [..], "agents": [..],
-- "locations": [..]} and by the name of each permission the clinics in which it is held. Without claims every list is empty,
-- and so are user and organization of somebody without any role: who belongs nowhere sees nothing.
create or replace function claimed(list text) returns uuid[]
language sql stable parallel safe
as $$
  select coalesce(
    (
      select array_agg(value::uuid)
      from jsonb_array_elements_text(coalesce(nullif(current_setting('careboard.claims', true), ''), '{}')::jsonb -> list)
    ),
    '{}'
  )
$$;

-- People with a role, past ones included, in the clinics of a claim: whom the person administers. The lists are the
-- claims' alone: these functions see more than their caller and must tell no more than the claims allow.
create or replace function people_of(list text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp
as $$
  select coalesce(array_agg(distinct user_id), '{}') from user_clinic_roles where clinic_id = any (claimed(list))
$$;

-- Devices on which such people have had a session.
create or replace function devices_of(list text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp
as $$
  select coalesce(array_agg(distinct device_id) filter (where device_id is not null), '{}')
  from sessions where user_id = any (people_of(list))
$$;

-- Whether somebody is of the person's own organization: only those get roles. Who has none yet is not seen otherwise.
create or replace function is_colleague(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select exists (select from users where id = person and organization_id = any (claimed('organization')))
$$;

-- The planner's statistics belong to the owner; the server asks for them after it has filled in many calls.
create or replace function refresh_statistics() returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  analyze calls, raw_records, calls_by_hour, calls_by_agent, calls_by_type, calls_by_queue;
end
$$;

-- PostgreSQL lets PUBLIC call whatever is made.
revoke all on all functions in schema public
  from public, careboard_nobody, careboard_server, careboard_member, careboard_names, careboard_callers, careboard_sources;
grant execute on function claimed(text), people_of(text), devices_of(text), is_colleague(uuid) to careboard_member;
grant execute on function refresh_statistics(), rebuild_rollups(uuid), first_name_of(text), wait_bounds(), handle_bounds() to careboard_server;
