import { z } from "zod";
import { auditAction } from "../access/audit-action.ts";
import { id, instant, verb } from "./base.ts";

export const auditEntry = z.object({
  /** Counts up without a gap, over all clinics of the server. */
  id: z.string(),
  at: instant,
  occurredAt: instant,
  clinicId: id.nullable(),
  userId: id.nullable(),
  /** Who, as they are called now; null for programs and for people unknown. */
  person: z.string().nullable(),
  device: z.string().nullable(),
  action: auditAction,
  subject: z.string(),
  subjectId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const filter = z.object({
  clinicId: id,
  from: instant.optional(),
  until: instant.optional(),
  userId: id.optional(),
  action: auditAction.optional(),
  /** Part of subject, record id or detail. */
  search: z.string().max(100).optional(),
});

/** What a desk saw happen, also without a network. It arrives once by its id. */
export const deskEvent = z.object({
  id,
  action: auditAction.extract(["view", "export", "print", "desk", "purge", "refused"]),
  subject: z.string().max(100),
  subjectId: z.string().max(100).nullable(),
  clinicId: id.nullable(),
  detail: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean()])),
  /** By the desk's clock, whatever that shows: a line is never turned away for it. */
  occurredAt: z.iso.datetime({ offset: true }),
});
export type DeskEvent = z.infer<typeof deskEvent>;

const tags = ["audit"];
export const audit = {
  /** Newest first. */
  search: verb
    .route({ method: "GET", path: "/audit", summary: "Search the audit log", tags })
    .input(
      filter.extend({
        cursor: z.string().max(40).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ entries: z.array(auditEntry), nextCursor: z.string().nullable() })),
  /** The same as CSV, oldest first, at most 50,000 lines; itself a line of the log. */
  export: verb
    .route({ method: "GET", path: "/audit/export", summary: "Export the audit log", tags })
    .input(filter)
    .output(z.object({ csv: z.string(), lines: z.int(), cut: z.boolean() })),
  deliver: verb
    .route({ method: "POST", path: "/audit/events", summary: "Deliver what a desk wrote down", tags })
    .input(z.object({ events: z.array(deskEvent).min(1).max(500) }))
    .output(z.object({ received: z.int() })),
};
