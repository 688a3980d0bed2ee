import type { AuditAction } from "#shared/access/audit-action.ts";

/**
 * A line for the audit log. Number, time, predecessor and hash are the database's; what is left out is null.
 * `detail` never holds a patient's data, passwords, tokens, searched texts or phone numbers.
 */
export type AuditLine = {
  action: AuditAction;
  /** The verb (`calls.one`), shape or thing. */
  subject: string;
  /** The record's id, where there is one. */
  subjectId?: string | null | undefined;
  organizationId?: string | null | undefined;
  clinicId?: string | null | undefined;
  userId?: string | null | undefined;
  sessionId?: string | null | undefined;
  deviceId?: string | null | undefined;
  requestId?: string | null | undefined;
  /** ISO text; when it is written, where it is not given. */
  occurredAt?: string | undefined;
  detail?: Record<string, unknown> | undefined;
  /** A desk's own id of the line: it is written once. */
  deskEvent?: string | undefined;
};
