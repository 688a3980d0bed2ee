import { ORPCError } from "@orpc/server";
import { writeAudit } from "../audit/write-audit.ts";
import { server } from "../http/implementer.ts";
import { readReceiptToken } from "../identity/receipt-token.ts";

/** A desk's word on what left its disk. Twice is once, by the receipt's id. */
export const receipt = server.session.receipt.handler(async ({ input, context }) => {
  const { system } = context;
  const by = context.member ?? (input.receipt ? await readReceiptToken(context.sessionKey, input.receipt) : null);
  if (!by) throw new ORPCError("UNAUTHORIZED", { message: "This receipt belongs to no session: sign in again." });
  const session = await system
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .select(["sessions.device_id", "users.organization_id"])
    .where("sessions.id", "=", by.sessionId)
    .executeTakeFirst();
  await system.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("purge_receipts")
      .values({
        id: input.id,
        user_id: by.userId,
        session_id: by.sessionId,
        device_id: session?.device_id ?? null,
        reason: input.reason,
        changes: input.changes.map(Number).filter(Number.isSafeInteger),
        removed: JSON.stringify(input.removed),
        purged_at: input.purgedAt,
      })
      .onConflict((c) => c.column("id").doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return;
    await writeAudit(tx, {
      action: "purge",
      subject: "replica",
      subjectId: input.id,
      organizationId: session?.organization_id ?? null,
      clinicId: null,
      userId: by.userId,
      sessionId: by.sessionId,
      deviceId: session?.device_id ?? null,
      requestId: context.requestId,
      occurredAt: input.purgedAt,
      detail: { reason: input.reason, removed: input.removed },
    });
  });
  return { received: true };
});
