import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const agent = z.object({
  extension: z.string(),
  name: z.string(),
  location: z.string(),
  shift: z.enum(["early", "day", "late"]),
  weekends: z.boolean().default(false),
  /** False: the extension answers calls, but nobody has told Careboard who sits there. */
  mapped: z.boolean().default(true),
  /** How much of a shift this person is at the phone and not at the counter. */
  phoneShare: z.number().default(0.76),
});
export type DemoAgent = z.infer<typeof agent>;

const queue = z.object({
  number: z.string(),
  name: z.string(),
  location: z.string().nullable(),
  /** Weight among the clinic's queues. */
  share: z.number(),
  /** Median of the talk, in seconds. */
  talkSeconds: z.number(),
  mapped: z.boolean().default(true),
});
export type DemoQueue = z.infer<typeof queue>;

const clinic = z.object({
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  opensHour: z.int(),
  closesHour: z.int(),
  /** Mean over the year of all calls of a day: inbound, outbound and internal. */
  callsPerDay: z.number(),
  locations: z.array(z.string()).min(1),
  source: z.object({
    name: z.string(),
    location: z.string().nullable(),
    /** Which words its phone system writes: those before version 20, those since, or both in turn. */
    writes: z.enum(["legacy", "v20", "mixed"]),
  }),
  queues: z.array(queue).min(1),
  agents: z.array(agent).min(1),
});
export type DemoClinic = z.infer<typeof clinic>;

const organization = z.object({ slug: z.string(), name: z.string(), clinics: z.array(clinic) });
export type DemoOrganization = z.infer<typeof organization>;

const callers = z.object({ areaCodes: z.array(z.string()), first: z.array(z.string()), last: z.array(z.string()) });

const folder = join(import.meta.dirname, "../../resources/demo");
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** The made-up clinics of resources/demo. */
export const demoOrganizations: readonly DemoOrganization[] = z
  .object({ organizations: z.array(organization) })
  .parse(read("clinics.json")).organizations;

export const demoClinics: readonly DemoClinic[] = demoOrganizations.flatMap((o) => o.clinics);

/** Made-up people who call; every number lies in 555-01xx, which no telephone has. */
export const demoCallers = callers.parse(read("callers.json"));
