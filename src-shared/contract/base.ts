import { oc } from "@orpc/contract";
import { z } from "zod";

/**
 * What is true of a verb besides its input and output.
 * - `offline`: the desk answers it from the replica, without a network. The others are forwarded to the clinic server.
 * - `open`: needs no session.
 */
export type VerbMeta = { offline: boolean; open: boolean };

/** Why a session is no longer one. Each but `expired` and `signedOut` was somebody's doing, and the desk acts on it. */
export const endReason = z.enum([
  "signedOut",
  "expired",
  "deviceEnded",
  "sessionEnded",
  "accountDisabled",
  "tokenReused",
  "passwordChanged",
  "erased",
]);
export type EndReason = z.infer<typeof endReason>;

/** Refusals are a closed list; every verb may give these. `data.fields` names the fields of a bad input, each with what to do. */
export const verb = oc.$meta<VerbMeta>({ offline: false, open: false }).errors({
  BAD_REQUEST: { status: 400, data: z.object({ fields: z.record(z.string(), z.string()) }).optional() },
  /** `receipt` lets a desk whose session is gone say what it removed because of it, and nothing else. */
  UNAUTHORIZED: {
    status: 401,
    data: z.object({ reason: endReason, receipt: z.string().optional() }).optional(),
  },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  PAYLOAD_TOO_LARGE: { status: 413 },
  /** `retryAfter` in whole seconds, as the header says it. */
  TOO_MANY_REQUESTS: { status: 429, data: z.object({ retryAfter: z.int() }).optional() },
  SERVICE_UNAVAILABLE: { status: 503 },
});

/** As PostgreSQL writes it: two spellings of one id must never be told apart. */
export const id = z.uuid().toLowerCase();
/** A calendar day of the clinic, `2026-11-20`. */
export const day = z.iso.date();
/** An instant as ISO text, in UTC or with an offset that PostgreSQL knows (less than 16 hours), and within four digits of the year. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => /^(19|[2-8]\d|9[0-8])/.test(text) && !/[+-](1[6-9]|2\d):\d\d$/.test(text), {
    error: "Write a time between 1900 and 9899, in UTC or with an offset of less than 16 hours.",
  });
