-- A board's replica holds agents by first name alone, and rollups that come as rows: each is found by its id.
alter table agents alter column display_name drop not null;
create unique index if not exists calls_by_hour_row on calls_by_hour (id);
create unique index if not exists calls_by_agent_row on calls_by_agent (id);
create unique index if not exists calls_by_type_row on calls_by_type (id);
create unique index if not exists calls_by_queue_row on calls_by_queue (id);
