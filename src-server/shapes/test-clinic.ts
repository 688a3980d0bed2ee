import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";

/** Two organizations with a clinic each, for tests: what one person sees and the other must not. */
export type TestClinic = { organization: string; clinic: string; location: string; queue: string; source: string; agent: string }; // prettier-ignore

export async function testClinic(pool: Pool, slug: string): Promise<TestClinic> {
  const made = { organization: randomUUID(), clinic: randomUUID(), location: randomUUID(), queue: randomUUID(), source: randomUUID(), agent: randomUUID() }; // prettier-ignore
  await pool.query("insert into organizations values ($1, $2, $2)", [made.organization, slug]);
  await pool.query("insert into clinics (id, organization_id, slug, name, time_zone) values ($1, $2, $3, $3, 'UTC')", [made.clinic, made.organization, slug]); // prettier-ignore
  await pool.query("insert into locations values ($1, $2, 'Main')", [made.location, made.clinic]);
  await pool.query("insert into queues values ($1, $2, $3, 'Front desk')", [made.queue, made.clinic, made.location]);
  await pool.query("insert into agents (id, clinic_id, location_id, display_name) values ($1, $2, $3, 'Dana')", [made.agent, made.clinic, made.location]); // prettier-ignore
  await pool.query("insert into call_sources (id, clinic_id, name) values ($1, $2, $3)", [made.source, made.clinic, slug]); // prettier-ignore
  return made;
}

export const testMember = (clinic: TestClinic, role: Role = "manager", agentId: string | null = null): Member => ({
  userId: randomUUID(),
  sessionId: randomUUID(),
  deviceId: null,
  organizationId: clinic.organization,
  email: "manager@clinic.example",
  displayName: "A manager",
  roles: [{ clinicId: clinic.clinic, role, agentId, locationIds: [clinic.location] }],
});

/** Calls `from`…`to`, a minute apart, the newest last. */
export async function testCalls(pool: Pool, clinic: TestClinic, from: number, to: number): Promise<void> {
  await pool.query(
    `insert into calls (id, clinic_id, source_id, call_id, location_id, queue_id, caller_number, caller_name, call_direction,
       call_start_time, call_answer_time, call_end_time, local_day, local_hour, wait_seconds, talk_duration_seconds, call_status, end_reason)
     select gen_random_uuid(), $1, $2, n::text, $3, $4, '55501' || lpad((n % 100)::text, 2, '0'), 'Caller "' || n || '" \\ ☎', 'inbound',
       t, t + interval '9 seconds', t + interval '2 minutes', t::date, extract(hour from t), 9, 111, 'answered', null
     from generate_series($5::int, $6::int) n, lateral (select timestamptz '2026-01-01 08:00Z' + n * interval '1 minute') as at(t)`,
    [clinic.clinic, clinic.source, clinic.location, clinic.queue, from, to],
  );
}
