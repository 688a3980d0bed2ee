-- The audit log: append-only, each line chained to the one before by its hash.
create table audit_log (
  id bigint primary key,
  -- When the server wrote it, and when it happened (a desk without a network says so later).
  at timestamptz not null,
  occurred_at timestamptz not null,
  organization_id uuid,
  clinic_id uuid,
  user_id uuid,
  session_id uuid,
  device_id uuid,
  request_id text,
  -- signIn, signInRefused, refused, view, export, print, change, purge, configure, ..: src-shared/access/audit-action.ts
  action text not null,
  -- The verb or table, and the record's id where there is one.
  subject text not null,
  subject_id text,
  -- What changed, counts, reasons; never a patient's data.
  detail jsonb not null default '{}',
  -- Of a line that a desk wrote: its own id, so that it arrives once.
  desk_event uuid unique,
  previous bytea not null,
  hash bytea not null
);
create index audit_log_of_clinic on audit_log (clinic_id, id);
create index audit_log_of_user on audit_log (user_id, id);
create index audit_log_of_organization on audit_log (organization_id, id);
