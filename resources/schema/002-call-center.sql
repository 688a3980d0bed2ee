-- Who answers: agents, queues, and the phone systems that report calls.

create table agents (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  location_id uuid references locations (id),
  display_name text not null,
  active boolean not null default true
);
create index agents_clinic on agents (clinic_id);

create table queues (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  location_id uuid references locations (id),
  name text not null,
  unique (clinic_id, name)
);

-- A phone system that posts its call records. The secret it signs with stays on the server, in another table.
create table call_sources (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  name text not null unique,
  kind text not null default '3cx' check (kind in ('3cx')),
  -- A call of this source that no queue and no agent places is counted here; null is "unassigned".
  location_id uuid references locations (id),
  -- The order of fields configured at the phone system; null: the reader tells 27 and 20 fields apart by itself.
  field_order text[]
);

-- Extension to agent and queue number to queue, as the administrator keeps them. What is missing here is shown as unassigned.
create table agent_extensions (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  source_id uuid not null references call_sources (id),
  extension text not null,
  agent_id uuid not null references agents (id),
  unique (source_id, extension)
);

create table queue_numbers (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  source_id uuid not null references call_sources (id),
  number text not null,
  queue_id uuid not null references queues (id),
  unique (source_id, number)
);
