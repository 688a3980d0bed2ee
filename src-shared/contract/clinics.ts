import { z } from "zod";
import { id, verb } from "./base.ts";

export const serviceLevelVariant = z.enum([
  "answeredOfOffered",
  "abandonsPositive",
  "answeredOnly",
  "abandonsWithinIgnored",
  "shortAbandonsCredited",
  "shortAbandonsExcluded",
]);
export type ServiceLevelVariant = z.infer<typeof serviceLevelVariant>;

/** The clinic's service-level rule. Seconds are whole; the goal is a fraction 0 to 1. */
export const serviceLevelRule = z.object({
  variant: serviceLevelVariant,
  seconds: z.int(),
  goal: z.number(),
  shortAbandonSeconds: z.int(),
  waitLimitSeconds: z.int(),
});
export type ServiceLevelRule = z.infer<typeof serviceLevelRule>;

export const clinic = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  opensHour: z.int(),
  closesHour: z.int(),
  serviceLevel: serviceLevelRule,
});
export type Clinic = z.infer<typeof clinic>;

const named = z.object({ id, clinicId: id, name: z.string() });
export const directory = z.object({
  locations: z.array(named),
  queues: z.array(named.extend({ locationId: id.nullable() })),
  agents: z.array(named.extend({ locationId: id.nullable(), active: z.boolean() })),
});
export type Directory = z.infer<typeof directory>;

const offline = { offline: true, open: false };
export const clinics = {
  list: verb
    .meta(offline)
    .route({ method: "GET", path: "/clinics", summary: "The clinics you may see", tags: ["clinics"] })
    .output(z.array(clinic)),
  directory: verb
    .meta(offline)
    .route({ method: "GET", path: "/directory", summary: "Locations, queues and agents", tags: ["clinics"] })
    .input(z.strictObject({ clinicId: id.optional() }))
    .output(directory),
  /** A changed rule moves every figure that depends on it, back to the first call. */
  setServiceLevel: verb
    .route({
      method: "PUT",
      path: "/clinics/{clinicId}/service-level",
      summary: "Choose the service-level rule",
      tags: ["clinics"],
    })
    .input(serviceLevelRule.partial().extend({ clinicId: id }))
    .output(clinic),
};
