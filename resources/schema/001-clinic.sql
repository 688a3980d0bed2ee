-- Who there is: organizations, their clinics, and what belongs to a clinic.
-- Runs on PostgreSQL (the clinic server) and on PGlite (the desk's replica) alike; write SQL for PostgreSQL 15.
-- Every row of a clinic carries clinic_id: access is decided by it.

create table organizations (
  id uuid primary key,
  slug text not null unique,
  name text not null
);

create table clinics (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  slug text not null unique,
  name text not null,
  time_zone text not null,
  currency text not null default 'USD',
  -- The clinic's service-level rule: which variant of the formula, within how many seconds, towards which goal.
  service_level_variant text not null default 'answeredOfOffered' check (
    service_level_variant in (
      'answeredOfOffered', 'abandonsPositive', 'answeredOnly', 'abandonsWithinIgnored', 'shortAbandonsCredited', 'shortAbandonsExcluded'
    )
  ),
  service_level_seconds integer not null default 20 check (service_level_seconds between 1 and 600),
  service_level_goal numeric(5, 4) not null default 0.8 check (service_level_goal between 0 and 1),
  short_abandon_seconds integer not null default 5 check (short_abandon_seconds between 0 and 60),
  -- A wait longer than this is shown as a broken limit.
  wait_limit_seconds integer not null default 60 check (wait_limit_seconds between 1 and 3600),
  opens_hour smallint not null default 7 check (opens_hour between 0 and 23),
  closes_hour smallint not null default 19 check (closes_hour between 1 and 24)
);

create table locations (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  name text not null,
  unique (clinic_id, name)
);
