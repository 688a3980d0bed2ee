-- One row a call, keyed by (source, callid): seed 002's call_center_records, made safe for several clinics.
-- Plain columns only: a generated stored column with replica identity full stops every update on PostgreSQL 18.

create table calls (
  id uuid primary key,
  clinic_id uuid not null references clinics (id),
  source_id uuid not null references call_sources (id),
  call_id text not null,

  -- Null is "unassigned": the number is kept beside it, and a later mapping fills the call in.
  location_id uuid references locations (id),
  queue_id uuid references queues (id),
  agent_id uuid references agents (id),
  queue_number text,
  agent_extension text,

  caller_number text,
  caller_name text,
  called_number text,
  call_direction text not null check (call_direction in ('inbound', 'outbound', 'internal')),
  call_type text,

  call_start_time timestamptz not null,
  -- When a person picked up. Voicemail, IVR, parking, conference and the queue itself are no person.
  call_answer_time timestamptz,
  call_end_time timestamptz not null,
  -- The clinic's own day and hour of the start, computed once by the server: a real time zone is too slow to ask each time.
  local_day date not null,
  local_hour smallint not null check (local_hour between 0 and 23),
  -- answered - start; for abandoned calls end - start; null for voicemail and missed.
  wait_seconds integer check (wait_seconds >= 0),
  ring_duration_seconds integer check (ring_duration_seconds >= 0),
  talk_duration_seconds integer check (talk_duration_seconds >= 0),
  hold_time_seconds integer not null default 0 check (hold_time_seconds >= 0),
  after_call_work_seconds integer not null default 0 check (after_call_work_seconds >= 0),
  transfer_count integer not null default 0 check (transfer_count >= 0),

  -- Every inbound call is one of the first four; outbound and internal calls are answered, voicemail or not_connected.
  call_status text not null check (call_status in ('answered', 'voicemail', 'abandoned', 'missed', 'not_connected')),
  -- The phone system's own word, for the person who asks why.
  end_reason text,

  call_outcome text,
  customer_satisfaction_score integer check (customer_satisfaction_score between 1 and 5),
  quality_score integer check (quality_score between 1 and 100),
  patient_mrn text,
  appointment_scheduled boolean not null default false,
  appointment_date date,
  appointment_type text,
  provider_requested text,
  first_call_resolution boolean not null default false,
  escalation_required boolean not null default false,
  complaint_call boolean not null default false,
  follow_up_required boolean not null default false,
  follow_up_date date,
  recording_available boolean not null default false,
  recording_url text,
  recording_reviewed boolean not null default false,
  compliance_notes text,
  shift_id uuid,
  campaign_id text,
  call_priority text not null default 'normal' check (call_priority in ('urgent', 'high', 'normal', 'low')),

  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (source_id, call_id),
  check (call_direction <> 'inbound' or call_status <> 'not_connected'),
  check (call_direction = 'inbound' or call_status not in ('abandoned', 'missed'))
);
create index calls_by_time on calls (clinic_id, call_start_time desc, id desc);
create index calls_by_day on calls (clinic_id, local_day);
