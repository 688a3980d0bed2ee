-- Row-level security, stated anew as a whole. (select claimed(..)) is evaluated once a query, not once a row.
do $$
declare
  held record;
begin
  for held in select tablename, policyname from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', held.policyname, held.tablename);
  end loop;
  for held in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table %I enable row level security', held.tablename);
    execute format('revoke all on %I from careboard_member', held.tablename);
  end loop;
end
$$;

create policy member_clinics on organizations for select to careboard_member
  using (id in (select organization_id from clinics));
create policy member_clinics on clinics for select to careboard_member
  using (id = any ((select claimed('clinics'))::uuid[]));
create policy member_clinics on locations for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy member_clinics on agents for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy member_clinics on queues for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy member_clinics on call_sources for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));

-- A call is seen by those who may see the clinic's calls, and by the agent who answered it.
create policy calls_seen on calls for select to careboard_member
  using (
    clinic_id = any ((select claimed('callClinics'))::uuid[])
    or (clinic_id = any ((select claimed('clinics'))::uuid[]) and agent_id = any ((select claimed('agents'))::uuid[]))
  );

-- Phone systems and what could not be read of them: for those who configure them.
create policy configured on agent_extensions for select to careboard_member
  using (clinic_id = any ((select claimed('configures'))::uuid[]));
create policy configured on queue_numbers for select to careboard_member
  using (clinic_id = any ((select claimed('configures'))::uuid[]));
create policy configured on raw_records for select to careboard_member
  using (clinic_id = any ((select claimed('configures'))::uuid[]) or exists (
    select from calls where calls.source_id = raw_records.source_id and calls.call_id = raw_records.call_id
  ));

grant select on organizations, clinics, locations, agents, queues, call_sources, calls, agent_extensions, queue_numbers, raw_records
  to careboard_member;
