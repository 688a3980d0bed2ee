import { ORPCError } from "@orpc/server";
import { randomUUID } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { Member } from "#shared/access/member.ts";
import { badField } from "#shared/clinic/refuse.ts";
import type { HeldRole } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";
import type { Note } from "../audit/note.ts";
import { asMember } from "../database/as-member.ts";
import { keepSuperadmin } from "./keep-superadmin.ts";
import { isSuperadmin } from "./whom-i-manage.ts";
import { asMemberWithLine } from "./with-line.ts";

/**
 * Writes a person's role in one clinic, with the locations they are staff of there. The guard has seen that the asker administers
 * the clinic; row-level security sees it again.
 * @param note the line of the audit log that is kept with it; null where the verb leaves its own
 * @returns what it was before; null where it was nothing
 * @throws BAD_REQUEST naming the field, FORBIDDEN for a role above the asker's own, CONFLICT for one's own role
 *   and for the last superadmin's
 */
export async function setRole(
  { db, system }: { db: Kysely<DB>; system: Kysely<DB> },
  who: Member,
  userId: string,
  wanted: HeldRole,
  note: Note | null,
): Promise<{ role: string; active: boolean } | null> {
  if (userId === who.userId)
    throw new ORPCError("CONFLICT", { message: "You can't change your own role: ask another administrator." });
  const user = await system.selectFrom("users").select("kind").where("id", "=", userId).executeTakeFirstOrThrow();
  if ((wanted.role === "board") !== (user.kind === "board"))
    throw badField(
      "role",
      user.kind === "board"
        ? "This is the account of a board: it can't be anything else."
        : "A board has an account of its own: add one under Boards.",
    );
  const held = await system
    .selectFrom("user_clinic_roles")
    .select(["clinic_id", "role", "active"])
    .where("user_id", "=", userId)
    .execute();
  const before = held.find((r) => r.clinic_id === wanted.clinicId);
  // Nor is one drawn into a clinic as something less: whoever administers people there would see and end their desks.
  const superior =
    [wanted.role, before?.role].includes("superadmin") || held.some((r) => r.active && r.role === "superadmin");
  if (superior && !isSuperadmin(who))
    throw new ORPCError("FORBIDDEN", {
      message: "Only an administrator of the whole organization gives or takes that role.",
    });
  if (wanted.validFrom && wanted.validUntil && Date.parse(wanted.validFrom) >= Date.parse(wanted.validUntil))
    throw badField("validUntil", "The end lies before the beginning: choose a later one.");
  const write = async (tx: Transaction<DB>) => {
    await checkPlaces(tx, wanted);
    const row = {
      role: wanted.role,
      agent_id: wanted.agentId,
      active: wanted.active,
      valid_from: wanted.validFrom,
      valid_until: wanted.validUntil,
    };
    await tx
      .insertInto("user_clinic_roles")
      .values({ id: randomUUID(), user_id: userId, clinic_id: wanted.clinicId, ...row })
      .onConflict((c) => c.columns(["user_id", "clinic_id"]).doUpdateSet(row))
      .execute();
    // Who is nothing in a clinic any more is no staff of its locations either.
    await staffOf(tx, userId, wanted.clinicId, wanted.active ? wanted.locationIds : []);
  };
  // Nobody else changes a superadmin's role, and nobody else sees all of them.
  const kept = (tx: Transaction<DB>) =>
    isSuperadmin(who) ? keepSuperadmin(tx, who.organizationId, () => write(tx)) : write(tx);
  const was = before ? { role: before.role, active: before.active } : null;
  const { clinicId } = wanted;
  if (note) await asMemberWithLine({ db, note }, who, { clinicId, subjectId: userId, detail: { before: was } }, kept);
  else await asMember(db, who, kept, "read committed");
  return was;
}

/** Agent and locations must be of the clinic: the first that isn't is named. */
async function checkPlaces(tx: Transaction<DB>, { clinicId, agentId, locationIds }: HeldRole): Promise<void> {
  if (agentId !== null) {
    const agent = await tx.selectFrom("agents").select("clinic_id").where("id", "=", agentId).executeTakeFirst();
    if (agent?.clinic_id !== clinicId) throw badField("agentId", "There is no such agent in this clinic.");
  }
  if (locationIds.length === 0) return;
  const held = await tx
    .selectFrom("locations")
    .select("id")
    .where("clinic_id", "=", clinicId)
    .where("id", "in", locationIds)
    .execute();
  if (held.length < new Set(locationIds).size)
    throw badField("locationIds", "One of these locations is not of this clinic.");
}

async function staffOf(tx: Transaction<DB>, userId: string, clinicId: string, locationIds: string[]): Promise<void> {
  await tx
    .deleteFrom("location_staff")
    .where("user_id", "=", userId)
    .where("clinic_id", "=", clinicId)
    .$if(locationIds.length > 0, (q) => q.where("location_id", "not in", locationIds))
    .execute();
  if (locationIds.length === 0) return;
  await tx
    .insertInto("location_staff")
    .values(
      [...new Set(locationIds)].map((location_id) => ({
        user_id: userId,
        clinic_id: clinicId,
        location_id,
        active: true,
      })),
    )
    .onConflict((c) => c.columns(["user_id", "location_id"]).doUpdateSet({ active: true }))
    .execute();
}
