-- What the shape engine reads from the log: a list, never "all tables". Identity full, because a row that leaves a
-- tenant can only be told from its old values, and an unchanged long value would otherwise be missing.
drop publication if exists careboard;
create publication careboard for table organizations, clinics, locations, agents, queues, call_sources, calls;
alter table organizations replica identity full;
alter table clinics replica identity full;
alter table locations replica identity full;
alter table agents replica identity full;
alter table queues replica identity full;
alter table call_sources replica identity full;
alter table calls replica identity full;
