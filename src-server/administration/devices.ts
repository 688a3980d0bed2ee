import { ORPCError } from "@orpc/server";
import { sql } from "kysely";
import { notFound } from "#shared/clinic/refuse.ts";
import { asMember } from "../database/as-member.ts";
import type { ServerContext } from "../http/context.ts";
import { member, server } from "../http/implementer.ts";
import { endSessions } from "../identity/end-sessions.ts";
import { listDevices } from "./list-devices.ts";
import { listReceipts } from "./list-receipts.ts";
import { readTerms, setTerms } from "./security-terms.ts";
import { isSuperadmin } from "./whom-i-manage.ts";
import { withLine } from "./with-line.ts";

/** The device, if somebody whom the asker administers has used it. */
async function managed(context: ServerContext, deviceId: string): Promise<string> {
  const found = await asMember(context.db, member(context), (tx) =>
    tx.selectFrom("devices").select("id").where("id", "=", deviceId).executeTakeFirst(),
  );
  if (!found) throw notFound("There is no such device among those of your clinics.");
  return found.id;
}

/**
 * Nobody takes a superadmin's desk away without being one.
 * @throws FORBIDDEN when one of the sessions that would end is a superadmin's
 */
async function refuseAboveMe(context: ServerContext, which: { deviceId: string } | { sessionId: string }) {
  if (isSuperadmin(member(context))) return;
  const found = await context.system
    .selectFrom("sessions as s")
    .innerJoin("user_clinic_roles as r", "r.user_id", "s.user_id")
    .where("r.role", "=", "superadmin")
    .where("r.active", "=", true)
    .where("deviceId" in which ? "s.device_id" : "s.id", "=", "deviceId" in which ? which.deviceId : which.sessionId)
    .where("s.ended_at", "is", null)
    .where("s.expires_at", ">", sql<string>`now()`)
    .select("s.id")
    .executeTakeFirst();
  if (found)
    throw new ORPCError("FORBIDDEN", {
      message: "An administrator of the whole organization is signed in there: ask one of them.",
    });
}

export const deviceHandlers = {
  list: server.devices.list.handler(({ input, context }) => listDevices(context.db, member(context), input.clinicId)),
  end: server.devices.end.handler(async ({ input, context }) => {
    const id = await managed(context, input.deviceId);
    await refuseAboveMe(context, { deviceId: id });
    const people = await withLine(context, member(context), async (tx) => {
      await tx
        .updateTable("devices")
        .set({ ended_at: sql`now()`, ended_by: member(context).userId })
        .where("id", "=", id)
        .where("ended_at", "is", null)
        .execute();
      return endSessions(tx, { deviceId: id }, "deviceEnded");
    });
    for (const userId of people) context.accessChanged(userId);
    return { ended: people.length };
  }),
  admit: server.devices.admit.handler(async ({ input, context }) => {
    const id = await managed(context, input.deviceId);
    const { numUpdatedRows } = await withLine(context, member(context), (tx) =>
      tx
        .updateTable("devices")
        .set({ ended_at: null, ended_by: null })
        .where("id", "=", id)
        .where("ended_at", "is not", null)
        .executeTakeFirst(),
    );
    return { admitted: numUpdatedRows > 0n };
  }),
  endSession: server.devices.endSession.handler(async ({ input, context }) => {
    const found = await asMember(context.db, member(context), (tx) =>
      tx.selectFrom("sessions").select("id").where("id", "=", input.sessionId).executeTakeFirst(),
    );
    if (!found) throw notFound("There is no such session in your clinics.");
    await refuseAboveMe(context, { sessionId: found.id });
    const people = await withLine(context, member(context), (tx) =>
      endSessions(tx, { sessionId: found.id }, "sessionEnded"),
    );
    for (const userId of people) context.accessChanged(userId);
    return { ended: people.length > 0 };
  }),
  receipts: server.devices.receipts.handler(({ input, context }) =>
    listReceipts(context.db, member(context), input.clinicId),
  ),
  terms: server.devices.terms.handler(({ input, context }) => readTerms(context.db, member(context), input.clinicId)),
  setTerms: server.devices.setTerms.handler(async ({ input, context }) => {
    const who = member(context);
    context.note.add({ detail: { before: await readTerms(context.db, who, input.clinicId) } });
    return setTerms(context.db, who, input);
  }),
};
