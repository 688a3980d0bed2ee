-- People, what they may, and how they prove who they are. Server only: none of it ever reaches a desk.

create table users (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  email text not null,
  display_name text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index users_email on users (lower(email));

create table user_credentials (
  user_id uuid primary key references users (id) on delete cascade,
  -- argon2id in PHC form: $argon2id$v=19$m=..,t=..,p=..$salt$hash
  password_hash text not null
);

create table user_clinic_roles (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  clinic_id uuid not null references clinics (id),
  role text not null check (
    role in ('superadmin', 'clinic_admin', 'manager', 'supervisor', 'call_center_agent', 'provider', 'staff', 'viewer', 'board')
  ),
  -- The agent this person is when they answer calls in this clinic.
  agent_id uuid references agents (id),
  active boolean not null default true,
  unique (user_id, clinic_id)
);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_by_user on sessions (user_id);
