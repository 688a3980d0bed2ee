-- Who reads which rows of people, devices, sessions, audit and retention: one's own, and those of whom one administers.
-- Tables without a policy for careboard_member are the server's alone: secrets, tokens, failures, contacts.

create policy own_or_managed on users for select to careboard_member
  using (
    id = any ((select claimed('user'))::uuid[])
    or id = any ((select people_of('managePeople'))::uuid[])
  );
create policy own_or_managed on user_clinic_roles for select to careboard_member
  using (
    user_id = any ((select claimed('user'))::uuid[])
    or clinic_id = any ((select claimed('managePeople'))::uuid[])
  );
create policy own_or_managed on location_staff for select to careboard_member
  using (
    user_id = any ((select claimed('user'))::uuid[])
    or clinic_id = any ((select claimed('managePeople'))::uuid[])
    or clinic_id = any ((select claimed('manageLocations'))::uuid[])
  );
create policy of_clinic on clinic_security for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy used_by_managed on devices for select to careboard_member
  using (
    id = any ((select devices_of('manageDevices'))::uuid[])
    or (
      (select cardinality(claimed('manageOrganization')) > 0)
      and organization_id = any ((select claimed('organization'))::uuid[])
    )
  );
create policy own_or_managed on sessions for select to careboard_member
  using (
    user_id = any ((select claimed('user'))::uuid[])
    or user_id = any ((select people_of('manageDevices'))::uuid[])
  );
create policy own_or_managed on access_changes for select to careboard_member
  using (
    user_id = any ((select claimed('user'))::uuid[])
    or user_id = any ((select people_of('managePeople'))::uuid[])
  );
create policy own_or_managed on purge_receipts for select to careboard_member
  using (
    user_id = any ((select claimed('user'))::uuid[])
    or user_id = any ((select people_of('manageDevices'))::uuid[])
  );
-- Sign-ins belong to no clinic: they are seen by who looks after the person.
create policy audited on audit_log for select to careboard_member
  using (
    clinic_id = any ((select claimed('viewAudit'))::uuid[])
    or (clinic_id is null and user_id = any ((select people_of('viewAudit'))::uuid[]))
    or (
      (select cardinality(claimed('manageOrganization')) > 0)
      and organization_id = any ((select claimed('organization'))::uuid[])
    )
  );
create policy of_clinic on retention_rules for select to careboard_member
  using (clinic_id = any ((select claimed('clinics'))::uuid[]));
create policy of_clinic on retention_runs for select to careboard_member
  using (clinic_id = any ((select claimed('manageRetention'))::uuid[]));

grant select on users, user_clinic_roles, location_staff, clinic_security, devices, sessions, access_changes, purge_receipts, audit_log,
  retention_rules, retention_runs to careboard_member;
