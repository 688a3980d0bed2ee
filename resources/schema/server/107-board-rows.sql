-- First names follow the display name; a title in front of it is none. A rollup's row is named by its keys, so that a rebuild names it alike.
create function first_name_of(display_name text) returns text language sql immutable parallel safe as $$
  select split_part(regexp_replace(trim(display_name), '^(dr|prof|mr|mrs|ms|miss)\.?\s+', '', 'i'), ' ', 1)
$$;
create function keep_first_name() returns trigger language plpgsql as $$
begin
  new.first_name := first_name_of(new.display_name);
  return new;
end
$$;
create trigger keep_first_name before insert or update of display_name on agents for each row execute function keep_first_name();
update agents set display_name = display_name;
alter table agents alter column first_name set not null;

do $$
declare
  rollup record;
  made text;
begin
  for rollup in
    select * from (values
      ('calls_by_hour', array['clinic_id', 'local_day', 'local_hour', 'location_id', 'queue_id']),
      ('calls_by_agent', array['clinic_id', 'local_day', 'agent_id', 'location_id']),
      ('calls_by_type', array['clinic_id', 'local_day', 'call_type', 'location_id']),
      ('calls_by_queue', array['clinic_id', 'local_day', 'location_id', 'queue_id'])
    ) r (name, keys)
  loop
    made := (select string_agg(format('coalesce(%s.%I::text, %L)', '%1$s', key, '-'), ', ') from unnest(rollup.keys) key);
    execute format(
      'create function name_row_of_%1$s() returns trigger language plpgsql as
         $body$ begin new.id := md5(concat_ws(''/'', %2$s))::uuid; return new; end $body$',
      rollup.name, format(made, 'new')
    );
    execute format('update %1$I t set id = md5(concat_ws(''/'', %2$s))::uuid', rollup.name, format(made, 't'));
    execute format('create trigger name_row before insert on %1$I for each row execute function name_row_of_%1$s()', rollup.name);
    execute format('alter table %1$I enable always trigger name_row', rollup.name);
    execute format('alter table %1$I alter column id set not null', rollup.name);
    execute format('create unique index %1$s_row on %1$I (id, clinic_id)', rollup.name);
  end loop;
end
$$;
alter table agents alter column first_name set default '';
