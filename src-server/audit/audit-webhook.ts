import type { MiddlewareHandler } from "hono";
import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { AuditTrail } from "./trail.ts";

/** A line for each delivery whose signature was missing or wrong, once a minute a source: under the source that it claimed to be. */
export const auditWebhook = (audit: AuditTrail, system: Kysely<DB>): MiddlewareHandler => {
  return async (c, next) => {
    await next();
    if (c.res.status !== 401) return;
    const name = (c.req.header("x-careboard-source") ?? "").replaceAll("\0", "");
    // What was claimed is written only where it is a name of ours: anything may stand in a header. It is refused already.
    await system
      .selectFrom("call_sources")
      .select(["id", "clinic_id"])
      .where("name", "=", name)
      .executeTakeFirst()
      .then((source) =>
        audit.once(`webhook ${source?.id}`, {
          action: "refused",
          subject: "telephony.cdrWebhook",
          subjectId: source?.id,
          clinicId: source?.clinic_id,
          requestId: (c.var as { requestId?: string }).requestId,
          detail: { code: "UNAUTHORIZED", reason: source ? "signature" : "unknown source" },
        }),
      )
      .catch(() => {});
  };
};
