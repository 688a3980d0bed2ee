import { ORPCError } from "@orpc/server";
import { sql } from "kysely";
import { clinicsConfigured } from "#shared/access/member.ts";
import { asMember } from "../database/as-member.ts";
import type { ServerContext } from "../http/context.ts";
import { member, server } from "../http/implementer.ts";
import { mapExtension, mapQueueNumber } from "../telephony/map-number.ts";
import { decodeText } from "../telephony/reader/decode-text.ts";
import { fieldOrder } from "../telephony/reader/field-order.ts";
import { retryRejected } from "../telephony/retry-rejected.ts";
import { configuredSource, configurer, mustConfigure } from "./telephony-access.ts";

const wrongField = (field: string, message: string) =>
  new ORPCError("BAD_REQUEST", {
    message: "Some fields need another value; see fields.",
    data: { fields: { [field]: message } },
  });

/** An agent or queue of the source's own clinic, or the refusal that names the field. */
async function ofClinic(context: ServerContext, table: "agents" | "queues", targetId: string | null, clinicId: string) {
  if (targetId === null) return;
  const found = await asMember(context.db, member(context), (tx) =>
    tx.selectFrom(table).where("id", "=", targetId).where("clinic_id", "=", clinicId).select("id").executeTakeFirst(),
  );
  if (!found)
    throw wrongField(
      "targetId",
      `This clinic has no such ${table === "agents" ? "agent" : "queue"}: choose one of its own.`,
    );
}

const plainNumber = (number: string) => number.trim().replace(/^ext\./i, "");

export const telephonyHandlers = {
  sources: server.telephony.sources.handler(({ context }) => {
    const who = configurer(context);
    return asMember(context.db, who, async (tx) => {
      const clinics = clinicsConfigured(who);
      if (clinics.length === 0) return [];
      return tx
        .selectFrom("call_sources")
        .where("clinic_id", "in", clinics)
        .orderBy("name")
        .select((source) => [
          "id",
          "clinic_id as clinicId",
          "name",
          "kind",
          "field_order as fieldOrder",
          source
            .selectFrom("raw_records")
            .whereRef("raw_records.source_id", "=", "call_sources.id")
            .orderBy("raw_records.id", "desc")
            .limit(1)
            .select("received_at")
            .as("lastReceivedAt"),
          sql<number>`(select count(*) from raw_records where source_id = call_sources.id and state = 'waiting')`.as(
            "waiting",
          ),
          sql<number>`(select count(*) from raw_records where clinic_id = call_sources.clinic_id and source_id = call_sources.id and state = 'rejected')`.as(
            "rejected",
          ),
        ])
        .execute();
    });
  }),

  setFieldOrder: server.telephony.setFieldOrder.handler(async ({ context, input }) => {
    const source = await configuredSource(context, input.sourceId);
    const checked = input.fieldOrder === null ? { order: null } : fieldOrder(input.fieldOrder);
    if ("problem" in checked) throw wrongField("fieldOrder", checked.problem);
    await asMember(context.db, configurer(context), (tx) =>
      tx.updateTable("call_sources").set({ field_order: checked.order }).where("id", "=", source.id).execute(),
    );
    return { fieldOrder: checked.order };
  }),

  rejected: server.telephony.rejected.handler(({ context, input }) => {
    const who = configurer(context);
    if (input.clinicId) mustConfigure(context, input.clinicId);
    const clinics = input.clinicId ? [input.clinicId] : clinicsConfigured(who);
    if (input.cursor !== undefined && !/^\d{1,18}$/.test(input.cursor))
      throw wrongField("cursor", "Give back the nextCursor of the page before, unchanged.");
    return asMember(context.db, who, async (tx) => {
      if (clinics.length === 0) return { records: [], nextCursor: null, total: 0 };
      const held = tx
        .selectFrom("raw_records")
        .where("raw_records.clinic_id", "in", clinics)
        .where("state", "=", "rejected");
      const rows = await held
        .innerJoin("call_sources", "call_sources.id", "raw_records.source_id")
        .$if(input.cursor !== undefined, (query) => query.where("raw_records.id", "<", Number(input.cursor)))
        .orderBy("raw_records.id", "desc")
        .limit(input.limit + 1)
        .select(["raw_records.id", "raw_records.clinic_id", "name", "received_at", "body", "reason", "attempts"])
        .execute();
      const { total } = await held.select(({ fn }) => fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
      const page = rows.slice(0, input.limit);
      return {
        records: page.map((row) => ({
          id: String(row.id),
          clinicId: row.clinic_id,
          source: row.name,
          receivedAt: row.received_at,
          body: decodeText(row.body),
          reason: row.reason ?? "",
          attempts: row.attempts,
        })),
        nextCursor: rows.length > page.length ? String(page.at(-1)?.id) : null,
        total,
      };
    });
  }),

  retry: server.telephony.retry.handler(({ context, input }) => {
    mustConfigure(context, input.clinicId);
    const ids = input.ids?.filter((id) => /^\d{1,18}$/.test(id)).map(Number);
    // Reading lines again writes calls, which is the server's work alone.
    return retryRejected(context.systemPool, input.clinicId, ids ?? null);
  }),

  extensions: server.telephony.extensions.handler(({ context, input }) => {
    mustConfigure(context, input.clinicId);
    return asMember(context.db, configurer(context), async (tx) => {
      const { rows } = await sql<{ sourceId: string; number: string; targetId: string | null; calls: number }>`
        select coalesce(mapped.source_id, seen.source_id) as "sourceId", coalesce(mapped.extension, seen.number) as number,
          mapped.agent_id as "targetId", coalesce(seen.calls, 0) as calls
        from (select * from agent_extensions where clinic_id = ${input.clinicId}) as mapped
        full join (
          select source_id, agent_extension as number, count(*) as calls from calls
          where clinic_id = ${input.clinicId} and agent_extension is not null group by 1, 2
        ) as seen on seen.source_id = mapped.source_id and seen.number = mapped.extension
        order by mapped.agent_id is not null, calls desc, number`.execute(tx);
      return rows;
    });
  }),

  setExtension: server.telephony.setExtension.handler(async ({ context, input }) => {
    const source = await configuredSource(context, input.sourceId);
    await ofClinic(context, "agents", input.targetId, source.clinicId);
    const mapping = { ...input, number: plainNumber(input.number) };
    return { calls: await mapExtension(context.systemPool, configurer(context), mapping) };
  }),

  queueNumbers: server.telephony.queueNumbers.handler(({ context, input }) => {
    mustConfigure(context, input.clinicId);
    return asMember(context.db, configurer(context), async (tx) => {
      const { rows } = await sql<{ sourceId: string; number: string; targetId: string | null; calls: number }>`
        select coalesce(mapped.source_id, seen.source_id) as "sourceId", coalesce(mapped.number, seen.number) as number,
          mapped.queue_id as "targetId", coalesce(seen.calls, 0) as calls
        from (select * from queue_numbers where clinic_id = ${input.clinicId}) as mapped
        full join (
          select source_id, queue_number as number, count(*) as calls from calls
          where clinic_id = ${input.clinicId} and queue_number is not null group by 1, 2
        ) as seen on seen.source_id = mapped.source_id and seen.number = mapped.number
        order by mapped.queue_id is not null, calls desc, number`.execute(tx);
      return rows;
    });
  }),

  setQueueNumber: server.telephony.setQueueNumber.handler(async ({ context, input }) => {
    const source = await configuredSource(context, input.sourceId);
    await ofClinic(context, "queues", input.targetId, source.clinicId);
    const mapping = { ...input, number: plainNumber(input.number) };
    return { calls: await mapQueueNumber(context.systemPool, configurer(context), mapping) };
  }),
};
