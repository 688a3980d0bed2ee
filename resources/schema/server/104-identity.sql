-- People as tenants have them: roles with an end, staff of locations, devices, sessions, and what sign-in needs.

alter table organizations add column created_at timestamptz not null default now();

-- A board is an account of its own: a device on a wall, never a person.
alter table users add column kind text not null default 'person' check (kind in ('person', 'board'));
alter table users add column disabled_at timestamptz;
alter table users add column last_sign_in_at timestamptz;

-- A one-time password lets in once, and only to choose another.
alter table user_credentials add column one_time boolean not null default false;
alter table user_credentials add column changed_at timestamptz not null default now();
alter table user_credentials add column expires_at timestamptz;

-- Consultants come for a time. Both ends are instants; null is open.
alter table user_clinic_roles add column valid_from timestamptz;
alter table user_clinic_roles add column valid_until timestamptz;
alter table user_clinic_roles add constraint valid_in_order check (valid_from is null or valid_until is null or valid_from < valid_until);

create table location_staff (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  clinic_id uuid not null references clinics (id),
  location_id uuid not null references locations (id),
  active boolean not null default true,
  unique (user_id, location_id)
);
create index location_staff_of_clinic on location_staff (clinic_id);

-- Until now every supervisor saw the whole clinic: each goes on with the locations that are there.
insert into location_staff (user_id, clinic_id, location_id)
select r.user_id, r.clinic_id, l.id from user_clinic_roles r join locations l on l.clinic_id = r.clinic_id where r.role = 'supervisor';

-- How a clinic guards its desks. An idle desk locks after idle_minutes; without contact it locks and later erases.
create table clinic_security (
  clinic_id uuid primary key references clinics (id) on delete cascade,
  idle_minutes integer not null default 10 check (idle_minutes between 1 and 10),
  lock_after_hours integer not null default 72 check (lock_after_hours between 1 and 72),
  erase_after_days integer not null default 14 check (erase_after_days between 1 and 14),
  second_factor boolean not null default false,
  check (erase_after_days * 24 >= lock_after_hours)
);

-- An installation of the desktop. Several people may use one; each keeps a replica of their own on it.
create table devices (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  name text not null,
  platform text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references users (id)
);

alter table sessions add column device_id uuid references devices (id);
alter table sessions add column version text;
alter table sessions add column last_contact_at timestamptz;
-- Rows by shape, as the desk counted them at its last contact.
alter table sessions add column held jsonb;
alter table sessions add column ended_reason text check (
  ended_reason in ('signedOut', 'expired', 'deviceEnded', 'sessionEnded', 'accountDisabled', 'tokenReused', 'passwordChanged', 'erased')
);

-- What a device has acknowledged for a person: the counter moves at each contact and is kept in the replica, so that an older copy shows.
create table replica_contacts (
  device_id uuid not null references devices (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  replica uuid not null,
  acknowledged bigint not null,
  given bigint not null,
  primary key (device_id, user_id)
);

-- Rotating refresh tokens, by digest. A used one whose successor was never used may be shown again: its answer was lost.
create table refresh_tokens (
  digest bytea primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  replaced_by bytea,
  dead boolean not null default false
);
create index refresh_tokens_of_session on refresh_tokens (session_id);

-- The second factor. The secret is sealed with the server's key; last_step keeps a code from being used twice.
create table user_second_factors (
  user_id uuid primary key references users (id) on delete cascade,
  sealed_secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint,
  -- SHA-256 of the recovery codes that are left.
  recovery bytea[] not null default '{}'
);

-- Failed tries by account and by address, both as digests: what was typed is nobody's business.
create table sign_in_failures (
  kind text not null check (kind in ('account', 'address')),
  digest bytea not null,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  primary key (kind, digest)
);

-- A sign-in by an identity provider, on its way through the system browser.
create table oidc_sign_ins (
  state bytea primary key,
  provider text not null,
  sealed jsonb not null,
  created_at timestamptz not null default now(),
  code bytea unique,
  user_id uuid references users (id) on delete cascade,
  expires_at timestamptz not null
);

create table user_identities (
  issuer text not null,
  subject text not null,
  user_id uuid not null references users (id) on delete cascade,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);

-- What an administrator changed of a person's access; each of the person's desks says what it did about it.
create table access_changes (
  id bigint generated always as identity primary key,
  user_id uuid not null references users (id) on delete cascade,
  clinic_id uuid references clinics (id),
  kind text not null check (
    kind in ('roleChanged', 'roleTaken', 'roleGiven', 'locationsChanged', 'agentChanged', 'deviceEnded', 'sessionEnded', 'accountDisabled', 'accountEnabled')
  ),
  detail jsonb not null default '{}',
  changed_by uuid references users (id),
  at timestamptz not null default now()
);
create index access_changes_of_user on access_changes (user_id, id);

-- A desk's word on what left its disk, and why.
create table purge_receipts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  device_id uuid references devices (id),
  session_id uuid,
  reason text not null,
  changes bigint[] not null default '{}',
  removed jsonb not null,
  purged_at timestamptz not null,
  received_at timestamptz not null default now()
);
create index purge_receipts_of_user on purge_receipts (user_id);
