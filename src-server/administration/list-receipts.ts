import type { Kysely } from "kysely";
import type { Member } from "#shared/access/member.ts";
import type { PurgeReceipt } from "#shared/contract/administration.ts";
import { rowCounts } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";
import { asMember } from "../database/as-member.ts";

const most = 500;

/** What left the desks of this clinic's people, and why, newest first. */
export async function listReceipts(db: Kysely<DB>, who: Member, clinicId: string): Promise<PurgeReceipt[]> {
  const rows = await asMember(db, who, (tx) =>
    tx
      .selectFrom("purge_receipts as p")
      .innerJoin("users as u", "u.id", "p.user_id")
      .leftJoin("devices as d", "d.id", "p.device_id")
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("user_clinic_roles as r")
            .select("r.id")
            .whereRef("r.user_id", "=", "p.user_id")
            .where("r.clinic_id", "=", clinicId),
        ),
      )
      .select([
        "p.id",
        "u.display_name as displayName",
        "d.name as deviceName",
        "p.reason",
        "p.removed",
        "p.purged_at as purgedAt",
        "p.received_at as receivedAt",
      ])
      .orderBy("p.received_at", "desc")
      .limit(most)
      .execute(),
  );
  return rows.map((row) => ({ ...row, removed: rowCounts.catch({}).parse(row.removed) }));
}
