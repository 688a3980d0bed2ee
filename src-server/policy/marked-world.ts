import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Member, MemberRole } from "#shared/access/member.ts";
import { type Role, role } from "#shared/access/role.ts";
import { must } from "#shared/kit/must.ts";

/** Somebody of the world with what asMember() needs to know of them. */
export type MarkedPerson = { name: string; member: Member };
export type MarkedClinic = {
  id: string;
  locations: string[];
  agents: string[];
  queue: string;
  source: string;
  calls: string[];
  /** A line that nobody could read. */
  rejected: string;
};
export type MarkedOrganization = {
  id: string;
  mark: string;
  clinics: [MarkedClinic, MarkedClinic];
  people: MarkedPerson[];
};

/**
 * An organization with two clinics and rows of its own in every table. Every text that may be chosen freely holds the mark, so
 * that a row which leaks is found by it wherever it comes out.
 */
export async function markedOrganization(owner: Pool, mark: string): Promise<MarkedOrganization> {
  const put = async (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row);
    await owner.query(
      `insert into ${table} (${columns.join(", ")}) values (${columns.map((_, i) => `$${i + 1}`).join(", ")})`,
      Object.values(row),
    );
  };
  const id = randomUUID();
  await put("organizations", { id, slug: `${mark}-org`, name: `${mark} organization` });
  const clinics: [MarkedClinic, MarkedClinic] = [await clinic("a"), await clinic("b")];
  const people: MarkedPerson[] = [];
  const [first, second] = clinics;
  const at = (where: MarkedClinic, held: Role, more: Partial<MemberRole> = {}): MemberRole => ({
    clinicId: where.id,
    role: held,
    agentId: null,
    locationIds: [],
    ...more,
  });
  for (const held of role.options)
    await person(
      held,
      at(first, held, {
        agentId: held === "call_center_agent" || held === "staff" ? (first.agents[0] ?? null) : null,
        locationIds: held === "supervisor" ? first.locations.slice(0, 1) : [],
      }),
    );
  // Those who are several things at once, or less than their role's name promises.
  await person("supervisor of both locations", at(first, "supervisor", { locationIds: first.locations }));
  await person("supervisor of no location", at(first, "supervisor"));
  await person(
    "supervisor who answers calls",
    at(first, "supervisor", { locationIds: first.locations.slice(1), agentId: first.agents[0] ?? null }),
  );
  await person("administrator who answers calls", at(first, "clinic_admin", { agentId: first.agents[1] ?? null }));
  await person("agent without an extension", at(first, "call_center_agent"));
  await person("administrator and viewer", at(first, "clinic_admin"), at(second, "viewer"));
  await person("administrator and provider", at(first, "clinic_admin"), at(second, "provider"));
  await person(
    "manager and agent",
    at(first, "manager"),
    at(second, "call_center_agent", { agentId: second.agents[0] ?? null }),
  );
  await person(
    "supervisor and viewer",
    at(first, "supervisor", { locationIds: first.locations.slice(0, 1) }),
    at(second, "viewer"),
  );
  await person("board and manager", at(first, "board"), at(second, "manager"));
  await person("of the other clinic", at(second, "manager"));
  await person("of no clinic");
  await person("who is administered", at(first, "viewer"));
  return { id, mark, clinics, people };

  async function clinic(name: string): Promise<MarkedClinic> {
    const made = { id: randomUUID(), queue: randomUUID(), source: randomUUID() };
    const clinic_id = made.id;
    const source_id = made.source;
    await put("clinics", {
      id: clinic_id,
      organization_id: id,
      slug: `${mark}-${name}`,
      name: `${mark} clinic ${name}`,
      time_zone: "UTC",
    });
    await put("clinic_security", { clinic_id, idle_minutes: 7 });
    await put("retention_rules", { clinic_id, subject: "calls", days: 90 });
    await put("retention_runs", {
      clinic_id,
      subject: "calls",
      before_day: "2020-01-01",
      removed: 3,
      started_at: "2026-01-01Z",
    });
    const locations = [randomUUID(), randomUUID()];
    const agents = [randomUUID(), randomUUID()];
    for (const [n, location] of locations.entries())
      await put("locations", { id: location, clinic_id, name: `${mark} location ${name}${n}` });
    for (const [n, agent] of agents.entries())
      await put("agents", {
        id: agent,
        clinic_id,
        location_id: locations[n],
        display_name: `${mark}agent${n} Surname${mark}`,
      });
    await put("queues", { id: made.queue, clinic_id, name: `${mark} queue ${name}` });
    await put("call_sources", {
      id: source_id,
      clinic_id,
      name: `${mark}-source-${name}`,
      field_order: ["callid", `${mark}-field`],
    });
    await put("call_source_secrets", { source_id, secret: `${mark}-secret` });
    await put("agent_extensions", {
      id: randomUUID(),
      clinic_id,
      source_id,
      extension: `${mark}101`,
      agent_id: agents[0],
    });
    await put("queue_numbers", { id: randomUUID(), clinic_id, source_id, number: `${mark}801`, queue_id: made.queue });
    const calls: string[] = [];
    for (const location_id of [...locations, null])
      for (const agent_id of [...agents, null]) {
        const call = randomUUID();
        const call_id = `${mark}-call-${name}-${calls.length}`;
        calls.push(call);
        await put("calls", {
          id: call, clinic_id, source_id, call_id, location_id, agent_id, queue_id: made.queue, queue_number: `${mark}801`,
          agent_extension: `${mark}101`, caller_number: `${mark}5550123`, caller_name: `${mark} caller`, called_number: `${mark}5550199`,
          call_direction: "inbound", call_status: agent_id ? "answered" : "abandoned", call_type: `${mark} type`,
          call_start_time: "2026-11-20T14:00:00Z", call_answer_time: agent_id ? "2026-11-20T14:00:09Z" : null,
          call_end_time: "2026-11-20T14:01:00Z", local_day: "2026-11-20", local_hour: 14, wait_seconds: 9, end_reason: `${mark} reason`,
          patient_mrn: `${mark} mrn`, compliance_notes: `${mark} notes`, recording_url: `https://${mark}.example/1`,
          call_outcome: `${mark} outcome`, appointment_type: `${mark} type`, provider_requested: `${mark} provider`, campaign_id: mark,
        }); // prettier-ignore
        await put("raw_records", {
          source_id, clinic_id, body: Buffer.from(`${mark} line ${call_id}`), format: "line", digest: Buffer.from(call_id), call_id,
          history_id: `${mark}-history`, state: "read", reason: `${mark} note`,
        }); // prettier-ignore
      }
    await put("raw_records", {
      source_id, clinic_id, body: Buffer.from(`${mark} nonsense`), format: "line", digest: Buffer.from(`${mark}${name}`), state: "rejected",
      reason: `${mark} reason`, field_order: [`${mark}-field`],
    }); // prettier-ignore
    const { rows } = await owner.query<{ id: string }>(
      "select id::text from raw_records where clinic_id = $1 and state = 'rejected'",
      [clinic_id],
    );
    return { ...made, locations, agents, calls, rejected: must(rows[0], "a rejected line").id };
  }

  async function person(name: string, ...roles: MemberRole[]): Promise<void> {
    const [user_id, device_id, session_id] = [randomUUID(), randomUUID(), randomUUID()];
    const email = `${name.replaceAll(" ", ".")}@${mark}.example`;
    const display_name = `${mark} ${name}`;
    const later = "2036-01-01T00:00:00Z";
    await put("users", {
      id: user_id,
      organization_id: id,
      email,
      display_name,
      kind: name === "board" ? "board" : "person",
    });
    await put("user_credentials", { user_id, password_hash: `${mark} hash` });
    await put("user_second_factors", { user_id, sealed_secret: Buffer.from(mark) });
    await put("user_identities", { issuer: `https://${mark}.example`, subject: `${mark} ${name}`, user_id });
    await put("oidc_sign_ins", {
      state: Buffer.from(`${mark}${name}`),
      provider: mark,
      sealed: `"${mark}"`,
      user_id,
      expires_at: later,
    });
    await put("sign_in_failures", {
      kind: "account",
      digest: Buffer.from(`${mark}${name}`),
      failures: 1,
      last_at: later,
    });
    await put("devices", { id: device_id, organization_id: id, name: `${mark} device`, platform: `${mark} os` });
    await put("sessions", {
      id: session_id,
      user_id,
      device_id,
      expires_at: later,
      version: mark,
      held: `{"${mark}": 1}`,
    });
    await put("refresh_tokens", { digest: Buffer.from(`${mark}${name}`), session_id, expires_at: later });
    await put("replica_contacts", { device_id, user_id, replica: randomUUID(), acknowledged: 1, given: 1 });
    await put("access_changes", {
      user_id,
      kind: "roleGiven",
      detail: `{"role": "${mark}"}`,
      clinic_id: roles[0]?.clinicId ?? null,
    });
    await put("purge_receipts", {
      id: randomUUID(),
      user_id,
      device_id,
      reason: mark,
      removed: `{"${mark}": 1}`,
      purged_at: later,
    });
    for (const held of roles) {
      const { clinicId: clinic_id, agentId: agent_id } = held;
      await put("user_clinic_roles", { id: randomUUID(), user_id, clinic_id, role: held.role, agent_id });
      for (const location_id of held.locationIds) await put("location_staff", { user_id, clinic_id, location_id });
    }
    // Of a clinic, and of none, as sign-ins are.
    for (const clinic_id of new Set([roles[0]?.clinicId ?? null, null]))
      await owner.query(
        `insert into audit_log (id, at, occurred_at, organization_id, clinic_id, user_id, action, subject, subject_id, detail, previous, hash)
         select coalesce(max(id), 0) + 1, now(), now(), $1, $2, $3, 'view', $4, $4, jsonb_build_object('mark', $4::text), '', '' from audit_log`,
        [id, clinic_id, user_id, mark],
      );
    people.push({
      name,
      member: {
        userId: user_id,
        sessionId: session_id,
        deviceId: device_id,
        organizationId: id,
        email,
        displayName: display_name,
        roles,
      },
    });
  }
}
