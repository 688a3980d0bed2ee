-- What makes these tables a replica. Stated anew as a whole whenever a schema file changed, so it must bear being run again.

-- How far each shape has come. Written in the transaction of exactly the rows it speaks of: rows and position never differ.
create table if not exists sync_shapes (
  name text primary key,
  handle text,
  -- The offset after which the next request asks; -1 is the beginning.
  after_offset text not null default '-1',
  -- How many messages of the answer to that request are applied already: a long answer is applied in several transactions.
  within integer not null default 0,
  -- The shape is being fetched anew beside its old rows; what is not seen again goes at the end.
  refetching boolean not null default false,
  -- Moves whenever rows of the table changed.
  revision bigint not null default 0,
  -- For the progress bar only.
  rows_fetched integer not null default 0,
  rows_expected integer not null default 0,
  up_to_date_at timestamptz
);

-- Rows that a shape being fetched anew has shown so far.
create table if not exists sync_seen (
  shape text not null,
  id uuid not null,
  primary key (shape, id)
);

-- Rows come from a server that has checked them, in any order and from several tables at once. A foreign key, a check or
-- a second unique index could only refuse what is true there; each also costs time a row.
do $$
declare
  held record;
begin
  for held in
    select conrelid::regclass as on_table, conname
    from pg_constraint
    where contype in ('f', 'c', 'u')
      and conrelid::regclass::text in
        ('organizations', 'clinics', 'locations', 'agents', 'queues', 'call_sources', 'calls', 'agent_extensions', 'queue_numbers')
  loop
    execute format('alter table %s drop constraint %I cascade', held.on_table, held.conname);
  end loop;
end
$$;
