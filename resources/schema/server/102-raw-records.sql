-- Every line as it came, kept before it is read. Server only.

create table call_source_secrets (
  source_id uuid primary key references call_sources (id) on delete cascade,
  secret text not null
);

create table raw_records (
  id bigint generated always as identity primary key,
  source_id uuid not null references call_sources (id),
  clinic_id uuid not null references clinics (id),
  received_at timestamptz not null default now(),
  -- The bytes as they came (a raw line without its line end, or one JSON record) and what they are.
  body bytea not null,
  format text not null check (format in ('line', 'json')),
  digest bytea not null,
  -- waiting: stored, not read yet; read: part of a call; rejected: on the list that people see; dismissed: a person said so.
  state text not null default 'waiting' check (state in ('waiting', 'read', 'rejected', 'dismissed')),
  reason text,
  -- The phone system's id of the call and of this record of it, once read.
  call_id text,
  history_id text,
  attempts integer not null default 0,
  unique (source_id, digest),
  check (state <> 'rejected' or reason is not null)
);
create index raw_records_of_call on raw_records (source_id, call_id);
create index raw_records_rejected on raw_records (clinic_id, id) where state = 'rejected';
create index raw_records_waiting on raw_records (source_id, id) where state = 'waiting';
