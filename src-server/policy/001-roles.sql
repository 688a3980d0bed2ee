-- The roles that questions and writes run as. Nobody runs as the owner: its connections migrate and are closed.
-- careboard_nobody: what a connection is until asMember() makes it somebody. It may read nothing.
-- careboard_server: what the server does by itself: sign-in, call records coming in, snapshots of shapes, jobs, the audit log.
-- careboard_member: a signed-in person. The three after it hold each one more class of columns than the one before:
-- colleagues' whole names, who called, how a phone system's fields are ordered. src-server/database/member-role.ts chooses.
-- Roles belong to the whole PostgreSQL; two databases on one server share them, and two servers may make them at once.
do $$
declare
  made text;
begin
  foreach made in array array[
    'careboard_nobody', 'careboard_server', 'careboard_member', 'careboard_names', 'careboard_callers', 'careboard_sources'
  ] loop
    begin
      if not exists (select from pg_roles where rolname = made) then execute format('create role %I nologin', made); end if;
    exception when duplicate_object or unique_violation then null;
    end;
    -- A superuser is everything already; of a role that somebody else made, an account may have been given membership alone.
    if not pg_has_role(made, case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end) then
      execute format('grant %I to current_user', made);
    end if;
  end loop;
end
$$;
do $$
begin
  if not pg_has_role('careboard_names', 'careboard_member', 'usage') then grant careboard_member to careboard_names; end if;
  if not pg_has_role('careboard_callers', 'careboard_names', 'usage') then grant careboard_names to careboard_callers; end if;
  if not pg_has_role('careboard_sources', 'careboard_callers', 'usage') then grant careboard_callers to careboard_sources; end if;
end
$$;

-- Everything that follows is stated anew as a whole: what an earlier version gave is taken first, from PUBLIC as well.
do $$
declare
  held record;
  everybody constant text := 'public, careboard_nobody, careboard_server, careboard_member, careboard_names, careboard_callers, careboard_sources';
begin
  for held in select tablename, policyname from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', held.policyname, held.tablename);
  end loop;
  for held in
    select relname, relkind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
  loop
    if held.relkind in ('r', 'p') then execute format('alter table %I enable row level security', held.relname); end if;
    execute format('revoke all on %I from %s', held.relname, everybody);
  end loop;
  execute format('revoke all on schema public from %s', everybody);
end
$$;
grant usage on schema public to careboard_member, careboard_server;
