import { z } from "zod";
import { id, instant, verb } from "./base.ts";

export const rejectedRecord = z.object({
  id: z.string(),
  clinicId: id,
  source: z.string(),
  receivedAt: instant,
  body: z.string(),
  reason: z.string(),
  attempts: z.int(),
});

const mapping = z.object({ sourceId: id, number: z.string(), targetId: id.nullable(), calls: z.int() });

/** Sources of calls and what could not be read of them. Only for who may configure the clinic's phone systems. */
export const telephony = {
  sources: verb
    .route({
      method: "GET",
      path: "/telephony/sources",
      summary: "Phone systems and their last contact",
      tags: ["telephony"],
    })
    .output(
      z.array(
        z.object({
          id,
          clinicId: id,
          name: z.string(),
          kind: z.string(),
          fieldOrder: z.array(z.string()).nullable(),
          lastReceivedAt: instant.nullable(),
          waiting: z.int(),
          rejected: z.int(),
        }),
      ),
    ),
  setFieldOrder: verb
    .route({
      method: "PUT",
      path: "/telephony/sources/{sourceId}/field-order",
      summary: "Set the order of CDR fields",
      tags: ["telephony"],
    })
    .input(z.object({ sourceId: id, fieldOrder: z.array(z.string()).nullable() }))
    .output(z.object({ fieldOrder: z.array(z.string()).nullable() })),
  rejected: verb
    .route({
      method: "GET",
      path: "/telephony/rejected",
      summary: "Records that could not be read",
      tags: ["telephony"],
    })
    .input(
      z.object({
        clinicId: id.optional(),
        cursor: z.string().max(40).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ records: z.array(rejectedRecord), nextCursor: z.string().nullable(), total: z.int() })),
  /** Reads the named records again, or all of the clinic's; what still cannot be read stays on the list. */
  retry: verb
    .route({
      method: "POST",
      path: "/telephony/rejected/retry",
      summary: "Read rejected records again",
      tags: ["telephony"],
    })
    .input(z.object({ clinicId: id, ids: z.array(z.string()).max(5000).optional() }))
    .output(z.object({ read: z.int(), rejected: z.int() })),
  /** Extensions seen in calls and mapped by hand; `targetId` is the agent. Setting one fills in the calls held so far. */
  extensions: verb
    .route({
      method: "GET",
      path: "/telephony/extensions",
      summary: "Extensions and their agents",
      tags: ["telephony"],
    })
    .input(z.object({ clinicId: id }))
    .output(z.array(mapping)),
  setExtension: verb
    .route({
      method: "PUT",
      path: "/telephony/extensions",
      summary: "Map an extension to an agent",
      tags: ["telephony"],
    })
    .input(z.object({ sourceId: id, number: z.string().min(1).max(40), targetId: id.nullable() }))
    .output(z.object({ calls: z.int() })),
  queueNumbers: verb
    .route({
      method: "GET",
      path: "/telephony/queue-numbers",
      summary: "Queue numbers and their queues",
      tags: ["telephony"],
    })
    .input(z.object({ clinicId: id }))
    .output(z.array(mapping)),
  setQueueNumber: verb
    .route({
      method: "PUT",
      path: "/telephony/queue-numbers",
      summary: "Map a queue number to a queue",
      tags: ["telephony"],
    })
    .input(z.object({ sourceId: id, number: z.string().min(1).max(40), targetId: id.nullable() }))
    .output(z.object({ calls: z.int() })),
};
