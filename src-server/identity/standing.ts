import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { type Member, type MemberRole, memberRole } from "#shared/access/member.ts";
import { type EndReason, endReason } from "#shared/contract/base.ts";
import type { DB } from "#shared/schema/database.ts";
import { validRole } from "./valid-role.ts";

/** Whom a session stands for now: the member, or why it is nobody's any more. */
export type Standing =
  | { is: "member"; member: Member }
  | { is: "refused"; reason: EndReason; sessionId: string; userId: string }
  | { is: "nobody" };

/** Everything of the session, its person and their roles as it is at this moment: nothing is remembered between requests. */
export async function standingOf(db: Kysely<DB>, sessionId: string): Promise<Standing> {
  const { rows } = await sql<Row>`
    select u.id as "userId", u.organization_id as "organizationId", u.email, u.display_name as "displayName", u.active,
      s.device_id as "deviceId", s.ended_at is not null as ended, s.ended_reason as "endedReason", s.expires_at <= now() as expired,
      d.ended_at is not null as "deviceEnded",
      (select coalesce(jsonb_agg(jsonb_build_object('clinicId', r.clinic_id, 'role', r.role, 'agentId', r.agent_id)), '[]')
        from user_clinic_roles r
        where r.user_id = u.id and ${validRole}) as roles,
      (select coalesce(jsonb_agg(c.id order by c.id), '[]') from clinics c where c.organization_id = u.organization_id) as clinics,
      (select coalesce(jsonb_agg(jsonb_build_object('clinicId', l.clinic_id, 'id', l.id) order by l.id), '[]')
        from location_staff ls join locations l on l.id = ls.location_id and l.clinic_id = ls.clinic_id
        where ls.user_id = u.id and ls.active) as locations
    from sessions s join users u on u.id = s.user_id left join devices d on d.id = s.device_id
    where s.id = ${sessionId}`.execute(db);
  const row = rows[0];
  if (!row) return { is: "nobody" };
  const { userId } = row;
  const reason = whyOver(row);
  if (reason) return { is: "refused", reason, sessionId, userId };
  const { organizationId, email, displayName, deviceId } = row;
  return {
    is: "member",
    member: { userId, sessionId, deviceId, organizationId, email, displayName, roles: rolesOf(row) },
  };
}

type Row = {
  userId: string;
  organizationId: string;
  email: string;
  displayName: string;
  active: boolean;
  deviceId: string | null;
  ended: boolean;
  endedReason: string | null;
  expired: boolean;
  deviceEnded: boolean | null;
  roles: unknown;
  clinics: string[];
  locations: { clinicId: string; id: string }[];
};

/** What somebody did comes before what the clock did: a desk acts on it. */
function whyOver(row: Row): EndReason | null {
  if (!row.active) return "accountDisabled";
  const ended = row.ended ? endReason.catch("sessionEnded").parse(row.endedReason) : null;
  if (ended && ended !== "expired" && ended !== "signedOut") return ended;
  if (row.deviceEnded) return "deviceEnded";
  return ended ?? (row.expired ? "expired" : null);
}

const heldRoles = z.array(memberRole.omit({ locationIds: true }));

/**
 * A role counts in the clinics of the person's own organization; a superadmin is one in all of them, whichever clinic the row names.
 */
function rolesOf(row: Row): MemberRole[] {
  const held = heldRoles.parse(row.roles).filter((r) => row.clinics.includes(r.clinicId));
  const everywhere = held.some((r) => r.role === "superadmin");
  return row.clinics.flatMap((clinicId) => {
    const own = held.find((r) => r.clinicId === clinicId);
    if (!own && !everywhere) return [];
    const locationIds = row.locations.filter((l) => l.clinicId === clinicId).map((l) => l.id);
    const role = everywhere ? "superadmin" : own?.role;
    return role ? [{ clinicId, role, agentId: own?.agentId ?? null, locationIds }] : [];
  });
}
