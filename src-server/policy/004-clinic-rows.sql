-- Who reads which rows of a clinic and its calls. (select claimed(..)) is evaluated once a query, not once a row.
-- Held against src-shared/access/table-access.ts by catalogue.pg.test.ts.

create policy of_organization on organizations for select to careboard_member
  using (id = any ((select claimed('organization'))::uuid[]));
create policy of_clinic on clinics for select to careboard_member
  using (id = any ((select claimed('clinics'))::uuid[]));
create policy of_clinic on locations for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy of_clinic on agents for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy of_clinic on queues for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy of_clinic on call_sources for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));

-- A call is seen by those who see the clinic whole, by the team of its location, and by the agent who answered it.
create policy calls_seen on calls for select to careboard_member
  using (
    clinic_id = any ((select claimed('viewAllPerformance'))::uuid[])
    or (
      clinic_id = any ((select claimed('viewTeamPerformance'))::uuid[])
      and location_id = any ((select claimed('locations'))::uuid[])
    )
    or (clinic_id = any ((select claimed('viewOwnPerformance'))::uuid[]) and agent_id = any ((select claimed('agents'))::uuid[]))
  );

-- Rollups add up everybody's calls: of the whole clinic, of one's locations, or for a wall. Who sees their own calls alone is
-- answered from the rows, call_facts, where the policies of calls and clinics hold (the view asks as its caller).
create policy figures_seen on calls_by_hour for select to careboard_member
  using (
    clinic_id = any ((select claimed('viewAllPerformance'))::uuid[])
    or clinic_id = any ((select claimed('viewBoard'))::uuid[])
    or (
      clinic_id = any ((select claimed('viewTeamPerformance'))::uuid[])
      and location_id = any ((select claimed('locations'))::uuid[])
    )
  );
create policy figures_seen on calls_by_agent for select to careboard_member
  using (
    clinic_id = any ((select claimed('viewAllPerformance'))::uuid[])
    or clinic_id = any ((select claimed('viewBoard'))::uuid[])
    or (
      clinic_id = any ((select claimed('viewTeamPerformance'))::uuid[])
      and location_id = any ((select claimed('locations'))::uuid[])
    )
  );
create policy figures_seen on calls_by_type for select to careboard_member
  using (
    clinic_id = any ((select claimed('viewAllPerformance'))::uuid[])
    or clinic_id = any ((select claimed('viewBoard'))::uuid[])
    or (
      clinic_id = any ((select claimed('viewTeamPerformance'))::uuid[])
      and location_id = any ((select claimed('locations'))::uuid[])
    )
  );
create policy figures_seen on calls_by_queue for select to careboard_member
  using (
    clinic_id = any ((select claimed('viewAllPerformance'))::uuid[])
    or clinic_id = any ((select claimed('viewBoard'))::uuid[])
    or (
      clinic_id = any ((select claimed('viewTeamPerformance'))::uuid[])
      and location_id = any ((select claimed('locations'))::uuid[])
    )
  );

-- Phone systems and what could not be read of them: for those who configure them.
create policy configured on agent_extensions for select to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]));
create policy configured on queue_numbers for select to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]));
-- A line names the caller: besides those who configure its source, it is read by who sees its call and may know who called.
create policy configured_or_behind_a_call on raw_records for select to careboard_member
  using (
    clinic_id = any ((select claimed('configureSources'))::uuid[])
    or (
      clinic_id = any ((select claimed('seeCallers'))::uuid[])
      and exists (select from calls where calls.source_id = raw_records.source_id and calls.call_id = raw_records.call_id)
    )
  );

-- Whole tables where every column may be read; lists where some are hidden or take a further permission.
grant select on organizations, clinics, locations, queues, calls_by_hour, calls_by_agent, calls_by_type, calls_by_queue, call_facts,
  agent_extensions, queue_numbers, raw_records to careboard_member;
grant select (id, clinic_id, location_id, first_name, active) on agents to careboard_member;
grant select (display_name) on agents to careboard_names;
grant select (id, clinic_id, name, kind, location_id) on call_sources to careboard_member;
grant select (field_order) on call_sources to careboard_sources;
grant select (
  id, clinic_id, source_id, call_id, location_id, queue_id, agent_id, queue_number, agent_extension, call_direction, call_type,
  call_start_time, call_answer_time, call_end_time, local_day, local_hour, wait_seconds, talk_duration_seconds, hold_time_seconds,
  after_call_work_seconds, transfer_count, call_status, end_reason
) on calls to careboard_member;
grant select (caller_number, caller_name, called_number) on calls to careboard_callers;
