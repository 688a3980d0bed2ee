import { z } from "zod";
import { day, id, instant, verb } from "./base.ts";

export const callDirection = z.enum(["inbound", "outbound", "internal"]);
export const callStatus = z.enum(["answered", "voicemail", "abandoned", "missed", "not_connected"]);
export type CallStatus = z.infer<typeof callStatus>;

/** `unassigned` asks for what no mapping places. */
const idOrUnassigned = z.union([id, z.literal("unassigned")]);

/** Which calls: every question about calls narrows by the same words. Days are the clinic's, both ends included. */
export const callFilter = z.strictObject({
  // Strict, because a misspelled filter that is passed over answers for all calls: a wrong number.
  clinicId: id.optional(),
  locationId: idOrUnassigned.optional(),
  queueId: idOrUnassigned.optional(),
  /** A queue by id or by its name; the same as queueId. */
  queue: z.string().max(120).optional(),
  agentId: idOrUnassigned.optional(),
});
export type CallFilter = z.infer<typeof callFilter>;

export const call = z.object({
  id,
  clinicId: id,
  callId: z.string(),
  direction: callDirection,
  status: callStatus,
  endReason: z.string().nullable(),
  callType: z.string().nullable(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant,
  localDay: day,
  localHour: z.int(),
  waitSeconds: z.int().nullable(),
  talkSeconds: z.int().nullable(),
  holdSeconds: z.int(),
  afterCallWorkSeconds: z.int(),
  transferCount: z.int(),
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  calledNumber: z.string().nullable(),
  locationId: id.nullable(),
  locationName: z.string().nullable(),
  queueId: id.nullable(),
  queueName: z.string().nullable(),
  queueNumber: z.string().nullable(),
  agentId: id.nullable(),
  agentName: z.string().nullable(),
  agentExtension: z.string().nullable(),
});
export type Call = z.infer<typeof call>;

export const rawRecord = z.object({
  id: z.string(),
  receivedAt: instant,
  source: z.string(),
  format: z.enum(["line", "json"]),
  /** The record as it came; bytes that are not UTF-8 are read as ISO-8859-1. */
  body: z.string(),
});

export const callListQuestion = callFilter.extend({
  startDate: day.optional(),
  endDate: day.optional(),
  direction: callDirection.optional(),
  status: callStatus.optional(),
  callType: z.string().max(60).optional(),
  /** Part of a number or a name, case-insensitive. */
  search: z.string().max(120).optional(),
  minWaitSeconds: z.coerce.number().int().nonnegative().optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
/** `callType` may be `unassigned` for calls without a type. */
export type CallListQuestion = z.infer<typeof callListQuestion>;

const offline = { offline: true, open: false };
export const calls = {
  /** Newest first. `cursor` is opaque: give back `nextCursor` to go on; calls that arrive meanwhile do not shift the pages. */
  list: verb
    .meta(offline)
    .route({ method: "GET", path: "/call-records", summary: "Call records, newest first", tags: ["calls"] })
    .input(callListQuestion)
    .output(z.object({ records: z.array(call), nextCursor: z.string().nullable() })),
  one: verb
    .meta(offline)
    .route({ method: "GET", path: "/call-records/{id}", summary: "One call record", tags: ["calls"] })
    .input(z.object({ id }))
    .output(call),
  /** The lines behind a call stay on the server: a desk without a network says so. */
  rawLines: verb
    .route({
      method: "GET",
      path: "/call-records/{id}/raw",
      summary: "The phone system's lines behind a call",
      tags: ["calls"],
    })
    .input(z.object({ id }))
    .output(z.array(rawRecord)),
};
