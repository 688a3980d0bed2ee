import type { Kysely } from "kysely";
import type { Member } from "#shared/access/member.ts";
import { role } from "#shared/access/role.ts";
import type { DB } from "#shared/schema/database.ts";
import type { SessionKey } from "./session-key.ts";
import { readToken } from "./token.ts";

type Deps = { db: Kysely<DB>; sessionKey: SessionKey };

/** Who sends this request: the member behind `Authorization: Bearer`, or null. Roles are read anew each time. */
export async function authenticate(deps: Deps, request: Request): Promise<Member | null> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const sessionId = token ? await readToken(deps.sessionKey, token) : null;
  return sessionId ? memberOf(deps.db, sessionId) : null;
}

/** The member of a session that neither ended nor expired, of a person who is still active. */
export async function memberOf(db: Kysely<DB>, sessionId: string): Promise<Member | null> {
  const rows = await db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .leftJoin("user_clinic_roles as r", (join) => join.onRef("r.user_id", "=", "users.id").on("r.active", "=", true))
    .where("sessions.id", "=", sessionId)
    .where("sessions.ended_at", "is", null)
    .where((eb) => eb("sessions.expires_at", ">", eb.fn<string>("now")))
    .where("users.active", "=", true)
    .select([
      "users.id as userId",
      "users.organization_id as organizationId",
      "users.email",
      "users.display_name as displayName",
      "r.clinic_id as clinicId",
      "r.role",
      "r.agent_id as agentId",
    ])
    .orderBy("r.clinic_id")
    .execute();
  const first = rows[0];
  if (!first) return null;
  return {
    userId: first.userId,
    sessionId,
    organizationId: first.organizationId,
    email: first.email,
    displayName: first.displayName,
    roles: rows.flatMap((r) =>
      r.clinicId && r.role ? [{ clinicId: r.clinicId, role: role.parse(r.role), agentId: r.agentId }] : [],
    ),
  };
}
