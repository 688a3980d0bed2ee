-- Every change of a person's access is written down where it happens, whoever made it: a desk tells its person why rows went.
create function changing_person() returns uuid language sql stable as $$
  select (nullif(current_setting('careboard.claims', true), '')::jsonb -> 'user' ->> 0)::uuid
$$;

create function note_role_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was constant text := case when tg_op <> 'INSERT' and old.active then old.role end;
  is_now constant text := case when tg_op <> 'DELETE' and new.active then new.role end;
  changed text;
  said jsonb := '{}';
begin
  if was is null and is_now is null then return null; end if;
  if was is null then changed := 'roleGiven'; said := jsonb_build_object('role', is_now);
  elsif is_now is null then changed := 'roleTaken'; said := jsonb_build_object('role', was);
  elsif was <> is_now then changed := 'roleChanged'; said := jsonb_build_object('from', was, 'to', is_now);
  elsif old.agent_id is distinct from new.agent_id then changed := 'agentChanged';
  elsif (old.valid_from, old.valid_until) is distinct from (new.valid_from, new.valid_until) then
    changed := 'roleChanged'; said := jsonb_strip_nulls(jsonb_build_object('role', is_now, 'validFrom', new.valid_from, 'validUntil', new.valid_until));
  else return null;
  end if;
  insert into access_changes (user_id, clinic_id, kind, detail, changed_by)
  select coalesce(new.user_id, old.user_id), coalesce(new.clinic_id, old.clinic_id), changed, said, changing_person()
  -- A person who is deleted takes the roles along; there is nobody left to tell.
  where exists (select from users where id = coalesce(new.user_id, old.user_id));
  return null;
end
$$;
create trigger note_role_change after insert or update or delete on user_clinic_roles for each row execute function note_role_change();

create function note_staff_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  is_active constant boolean := tg_op <> 'DELETE' and new.active;
  was_active constant boolean := tg_op <> 'INSERT' and old.active;
begin
  if is_active = was_active then return null; end if;
  insert into access_changes (user_id, clinic_id, kind, detail, changed_by)
  select coalesce(new.user_id, old.user_id), coalesce(new.clinic_id, old.clinic_id), 'locationsChanged',
    jsonb_build_object(case when is_active then 'added' else 'taken' end, l.name), changing_person()
  from locations l
  where l.id = coalesce(new.location_id, old.location_id) and exists (select from users where id = coalesce(new.user_id, old.user_id));
  return null;
end
$$;
create trigger note_staff_change after insert or update or delete on location_staff for each row execute function note_staff_change();

create function note_account_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into access_changes (user_id, kind, changed_by)
  values (new.id, case when new.active then 'accountEnabled' else 'accountDisabled' end, changing_person());
  return null;
end
$$;
create trigger note_account_change after update on users for each row when (old.active <> new.active) execute function note_account_change();
