-- What the shape engine reads from the log: a list, never "all tables". Identity full, because a row that leaves a
-- tenant can only be told from its old values, and an unchanged long value would otherwise be missing.
drop publication if exists careboard;
create publication careboard for table
  organizations, clinics, locations, agents, queues, call_sources, calls, calls_by_hour, calls_by_agent, calls_by_type, calls_by_queue;
alter table organizations replica identity full;
alter table clinics replica identity full;
alter table locations replica identity full;
alter table agents replica identity full;
alter table queues replica identity full;
alter table call_sources replica identity full;
alter table calls replica identity full;
-- A rollup's row has a hundred columns and changes with each call: its old values would double the log. A row is chosen by
-- (id, clinic_id) alone, and an id never moves to another clinic, so nothing but these two is needed of what it was.
alter table calls_by_hour replica identity using index calls_by_hour_row;
alter table calls_by_agent replica identity using index calls_by_agent_row;
alter table calls_by_type replica identity using index calls_by_type_row;
alter table calls_by_queue replica identity using index calls_by_queue_row;
