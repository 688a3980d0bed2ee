import { z } from "zod";

/** What a line of the audit log says happened: a closed list. */
export const auditAction = z.enum([
  "signIn",
  "signInRefused",
  "signOut",
  /** Somebody asked for what they may not have. */
  "refused",
  /** A patient-related record was looked at. */
  "view",
  "export",
  "print",
  "change",
  "configure",
  /** Rows left a disk, by an administrator's or the clock's doing. */
  "purge",
  /** What is over by the clinic's retention was removed. */
  "retention",
  /** Locked, unlocked, lease over: what a desk says of itself. */
  "desk",
]);
export type AuditAction = z.infer<typeof auditAction>;
