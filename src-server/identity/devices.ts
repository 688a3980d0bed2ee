import { ORPCError } from "@orpc/server";
import type { Transaction } from "kysely";
import type { Device } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";

/**
 * Writes down on which device somebody signs in.
 * @throws UNAUTHORIZED with the reason when an administrator ended it: the desk then erases what it holds of this person; CONFLICT when it belongs to another organization
 */
export async function admitDevice(tx: Transaction<DB>, organizationId: string, device: Device): Promise<void> {
  const { id, name, platform } = device;
  await tx
    .insertInto("devices")
    .values({ id, organization_id: organizationId, name, platform })
    .onConflict((c) => c.column("id").doNothing())
    .execute();
  const held = await tx.selectFrom("devices").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
  if (held.organization_id !== organizationId)
    throw new ORPCError("CONFLICT", {
      message: "This desktop belongs to another organization: sign in on one of your own, or have it erased and set up anew.",
    }); // prettier-ignore
  if (held.ended_at !== null)
    throw new ORPCError("UNAUTHORIZED", {
      message: "An administrator ended this device: ask them to admit it again under Administration, Devices.",
      data: { reason: "deviceEnded" },
    });
  if (held.name !== name || held.platform !== platform)
    await tx.updateTable("devices").set({ name, platform }).where("id", "=", id).execute();
}
