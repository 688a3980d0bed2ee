-- careboard_member answers for a signed-in person: it sees what row-level security lets through, and nothing without claims.
-- Roles belong to the whole PostgreSQL; two databases on one server share them, and two servers may make them at once.
do $$
begin
  create role careboard_member nologin;
exception when duplicate_object or unique_violation then null;
end
$$;
grant careboard_member to current_user;
grant usage on schema public to careboard_member;

-- What this transaction's person is, as asMember() set it: {"clinics": [...], "callClinics": [...], "agents": [...], "configures": [...]}.
-- Without claims every list is empty, so a forgotten asMember() sees nothing.
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
