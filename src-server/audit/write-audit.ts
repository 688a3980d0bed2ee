import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { AuditLine } from "./audit-line.ts";
import { safeJson, safeText } from "./safe-text.ts";

/**
 * Appends lines to the audit log, in their order and all or none; the database chains them (resources/schema/server/108-audit-chain.sql).
 * Within a transaction it is the last thing that is written, because other lines wait until it ends, and the transaction is
 * read committed. A line whose desk event is there already is passed over.
 * @param db the handle `system`, or a transaction of it
 * @returns how many lines were written
 */
export async function writeAudit(db: Kysely<DB>, lines: AuditLine | AuditLine[]): Promise<number> {
  const given = JSON.stringify([lines].flat().map(asRow));
  const { rows } = await sql`
    insert into audit_log (
      action, subject, subject_id, organization_id, clinic_id, user_id, session_id, device_id, request_id, occurred_at, detail, desk_event
    )
    select action, subject, subject_id, organization_id, clinic_id, user_id, session_id, device_id, request_id, occurred_at, detail, desk_event
    from rows from (
      jsonb_to_recordset(${given}::jsonb) as (
        action text, subject text, subject_id text, organization_id uuid, clinic_id uuid, user_id uuid, session_id uuid, device_id uuid,
        request_id text, occurred_at timestamptz, detail jsonb, desk_event uuid
      )
    ) with ordinality
    order by ordinality
    on conflict (desk_event) do nothing
    returning id`.execute(db);
  return rows.length;
}

const asRow = (line: AuditLine) => ({
  action: line.action,
  subject: safeText(line.subject),
  subject_id: line.subjectId == null ? null : safeText(line.subjectId),
  organization_id: line.organizationId,
  clinic_id: line.clinicId,
  user_id: line.userId,
  session_id: line.sessionId,
  device_id: line.deviceId,
  request_id: line.requestId == null ? null : safeText(line.requestId),
  occurred_at: line.occurredAt,
  detail: safeJson(line.detail ?? {}),
  desk_event: line.deskEvent,
});
