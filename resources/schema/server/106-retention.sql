-- How long a clinic keeps what; 2,555 days are seven years. The last run says what it removed.
create table retention_rules (
  clinic_id uuid not null references clinics (id) on delete cascade,
  subject text not null,
  days integer not null check (days between 30 and 36500),
  changed_at timestamptz not null default now(),
  primary key (clinic_id, subject)
);

create table retention_runs (
  id bigint generated always as identity primary key,
  clinic_id uuid not null references clinics (id) on delete cascade,
  subject text not null,
  -- Everything before this day of the clinic went.
  before_day date not null,
  removed bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz not null default now()
);
create index retention_runs_of_clinic on retention_runs (clinic_id, id);
