-- What a member writes. Everything else is written by the server, after a handler has checked.

-- Only the service-level rule of a clinic is a member's to change.
create policy configured on clinics for update to careboard_member
  using (id = any ((select claimed('configureMetrics'))::uuid[]));
grant update (service_level_variant, service_level_seconds, service_level_goal, short_abandon_seconds, wait_limit_seconds)
  on clinics to careboard_member;

create policy added on locations for insert to careboard_member
  with check (clinic_id = any ((select claimed('manageLocations'))::uuid[]));
create policy changed on locations for update to careboard_member
  using (clinic_id = any ((select claimed('manageLocations'))::uuid[]));
grant insert (id, clinic_id, name), update (name) on locations to careboard_member;

-- Nobody gives a role above their own: only a superadmin makes, changes or ends a superadmin. Roles are for people of one's own
-- organization, whoever's id is written, and the agent is one of the clinic.
create policy given on user_clinic_roles for insert to careboard_member
  with check (
    clinic_id = any ((select claimed('managePeople'))::uuid[])
    and (role <> 'superadmin' or (select cardinality(claimed('manageOrganization')) > 0))
    and is_colleague(user_id)
    and (agent_id is null or exists (select from agents where agents.id = agent_id and agents.clinic_id = user_clinic_roles.clinic_id))
  );
create policy changed on user_clinic_roles for update to careboard_member
  using (
    clinic_id = any ((select claimed('managePeople'))::uuid[])
    and (role <> 'superadmin' or (select cardinality(claimed('manageOrganization')) > 0))
  )
  with check (
    clinic_id = any ((select claimed('managePeople'))::uuid[])
    and (role <> 'superadmin' or (select cardinality(claimed('manageOrganization')) > 0))
    and (agent_id is null or exists (select from agents where agents.id = agent_id and agents.clinic_id = user_clinic_roles.clinic_id))
  );
grant insert, update (role, agent_id, active, valid_from, valid_until) on user_clinic_roles to careboard_member;

create policy added on location_staff for insert to careboard_member
  with check (
    (clinic_id = any ((select claimed('managePeople'))::uuid[]) or clinic_id = any ((select claimed('manageLocations'))::uuid[]))
    and is_colleague(user_id)
    and exists (select from locations where locations.id = location_id and locations.clinic_id = location_staff.clinic_id)
  );
create policy changed on location_staff for update to careboard_member
  using (clinic_id = any ((select claimed('managePeople'))::uuid[]) or clinic_id = any ((select claimed('manageLocations'))::uuid[]));
create policy removed on location_staff for delete to careboard_member
  using (clinic_id = any ((select claimed('managePeople'))::uuid[]) or clinic_id = any ((select claimed('manageLocations'))::uuid[]));
grant insert, update (active), delete on location_staff to careboard_member;

create policy added on clinic_security for insert to careboard_member
  with check (clinic_id = any ((select claimed('manageDevices'))::uuid[]));
create policy changed on clinic_security for update to careboard_member
  using (clinic_id = any ((select claimed('manageDevices'))::uuid[]));
grant insert, update (idle_minutes, lock_after_hours, erase_after_days, second_factor) on clinic_security to careboard_member;

create policy added on retention_rules for insert to careboard_member
  with check (clinic_id = any ((select claimed('manageRetention'))::uuid[]));
create policy changed on retention_rules for update to careboard_member
  using (clinic_id = any ((select claimed('manageRetention'))::uuid[]));
grant insert, update (days, changed_at) on retention_rules to careboard_member;

-- Phone systems: the order of fields, and what their numbers mean. Source, agent and queue are of one clinic.
create policy configured on call_sources for update to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]));
grant update (field_order) on call_sources to careboard_sources;
create policy added on agent_extensions for insert to careboard_member
  with check (
    clinic_id = any ((select claimed('configureSources'))::uuid[])
    and exists (select from call_sources where call_sources.id = source_id and call_sources.clinic_id = agent_extensions.clinic_id)
    and exists (select from agents where agents.id = agent_id and agents.clinic_id = agent_extensions.clinic_id)
  );
create policy changed on agent_extensions for update to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]))
  with check (
    clinic_id = any ((select claimed('configureSources'))::uuid[])
    and exists (select from agents where agents.id = agent_id and agents.clinic_id = agent_extensions.clinic_id)
  );
create policy removed on agent_extensions for delete to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]));
grant insert, update (agent_id), delete on agent_extensions to careboard_sources;
create policy added on queue_numbers for insert to careboard_member
  with check (
    clinic_id = any ((select claimed('configureSources'))::uuid[])
    and exists (select from call_sources where call_sources.id = source_id and call_sources.clinic_id = queue_numbers.clinic_id)
    and exists (select from queues where queues.id = queue_id and queues.clinic_id = queue_numbers.clinic_id)
  );
create policy changed on queue_numbers for update to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]))
  with check (
    clinic_id = any ((select claimed('configureSources'))::uuid[])
    and exists (select from queues where queues.id = queue_id and queues.clinic_id = queue_numbers.clinic_id)
  );
create policy removed on queue_numbers for delete to careboard_member
  using (clinic_id = any ((select claimed('configureSources'))::uuid[]));
grant insert, update (queue_id), delete on queue_numbers to careboard_sources;
