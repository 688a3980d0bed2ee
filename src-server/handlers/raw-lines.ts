import { ORPCError } from "@orpc/server";
import { memberMay } from "#shared/access/member.ts";
import { asMember } from "../database/as-member.ts";
import { member, server } from "../http/implementer.ts";
import { decodeText } from "../telephony/reader/decode-text.ts";

/** The records behind a call, as they came, oldest first: for who sees the call and may know who called. */
export const rawLines = server.calls.rawLines.handler(({ context, input }) => {
  const who = member(context);
  return asMember(context.db, who, async (tx) => {
    const call = await tx
      .selectFrom("calls")
      .where("id", "=", input.id)
      .select(["clinic_id", "source_id", "call_id"])
      .executeTakeFirst();
    if (!call) throw new ORPCError("NOT_FOUND", { message: "There is no such call, or it is not yours to see." });
    if (!memberMay(who, "seeCallers", call.clinic_id))
      throw new ORPCError("FORBIDDEN", {
        message: "The lines behind a call name the caller, whom your role does not show.",
      });
    const rows = await tx
      .selectFrom("raw_records")
      .innerJoin("call_sources", "call_sources.id", "raw_records.source_id")
      .where("raw_records.source_id", "=", call.source_id)
      .where("raw_records.call_id", "=", call.call_id)
      .orderBy("raw_records.id")
      .select(["raw_records.id", "received_at", "name", "format", "body"])
      .execute();
    return rows.map((row) => ({
      id: String(row.id),
      receivedAt: row.received_at,
      source: row.name,
      format: row.format === "json" ? ("json" as const) : ("line" as const),
      body: decodeText(row.body),
    }));
  });
});
