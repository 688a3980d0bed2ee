import { type Kysely, sql } from "kysely";
import type { Member } from "#shared/access/member.ts";
import type { ManagedDevice } from "#shared/contract/administration.ts";
import { rowCounts } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";
import { asMember } from "../database/as-member.ts";

/** What ended longer ago is history, and stands in the audit log. */
const listedForDays = 90;

/**
 * Devices with the sessions of this clinic's people on them, newest contact first. Of one person on one device the newest session
 * stands for the older ones that are over.
 */
export async function listDevices(db: Kysely<DB>, who: Member, clinicId: string): Promise<ManagedDevice[]> {
  const rows = await asMember(db, who, (tx) =>
    tx
      .selectFrom("sessions as s")
      .innerJoin("users as u", "u.id", "s.user_id")
      .leftJoin("devices as d", "d.id", "s.device_id")
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("user_clinic_roles as r")
            .select("r.id")
            .whereRef("r.user_id", "=", "s.user_id")
            .where("r.clinic_id", "=", clinicId),
        ),
      )
      .where(sql<boolean>`coalesce(s.ended_at, s.expires_at) > now() - make_interval(days => ${listedForDays})`)
      .distinctOn([
        "s.device_id",
        "s.user_id",
        sql`case when s.ended_at is null and s.expires_at > now() then s.id end`,
      ])
      .select([
        "s.id",
        "s.user_id as userId",
        "u.display_name as displayName",
        "u.email",
        "s.version",
        "s.created_at as createdAt",
        "s.last_contact_at as lastContactAt",
        "s.held",
        sql<string | null>`coalesce(s.ended_at, case when s.expires_at <= now() then s.expires_at end)`.as("endedAt"),
        sql<string | null>`coalesce(s.ended_reason, case when s.expires_at <= now() then 'expired' end)`.as(
          "endedReason",
        ),
        "d.id as deviceId",
        "d.name",
        "d.platform",
        "d.ended_at as deviceEndedAt",
      ])
      .orderBy("s.device_id")
      .orderBy("s.user_id")
      .orderBy(sql`case when s.ended_at is null and s.expires_at > now() then s.id end`)
      .orderBy("s.created_at", "desc")
      .execute(),
  );
  const devices = new Map<string | null, ManagedDevice>();
  for (const { deviceId, name, platform, deviceEndedAt, held, ...session } of rows) {
    const device = devices.get(deviceId) ?? {
      id: deviceId,
      name: name ?? "Programs without a desk",
      platform: platform ?? "",
      endedAt: deviceEndedAt,
      sessions: [],
    };
    device.sessions.push({ ...session, held: rowCounts.nullable().catch(null).parse(held) });
    devices.set(deviceId, device);
  }
  const listed = [...devices.values()];
  for (const device of listed) device.sessions.sort((a, b) => (latest(a) < latest(b) ? 1 : -1));
  const newest = (device: ManagedDevice) => device.sessions.map(latest).toSorted().at(-1) ?? "";
  return listed.toSorted((a, b) => (newest(a) < newest(b) ? 1 : -1));
}

const latest = ({ lastContactAt, createdAt }: { lastContactAt: string | null; createdAt: string }): string =>
  lastContactAt ?? createdAt;
