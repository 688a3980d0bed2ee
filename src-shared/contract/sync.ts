import { z } from "zod";
import { verb } from "./base.ts";

/** The tables a desk may hold, in the order in which it fetches them: what others refer to comes first. */
export const shapeName = z.enum([
  "organizations",
  "clinics",
  "locations",
  "agents",
  "queues",
  "call_sources",
  "calls_by_hour",
  "calls_by_agent",
  "calls_by_type",
  "calls_by_queue",
  "calls",
]);
export type ShapeName = z.infer<typeof shapeName>;

export const sync = {
  /** What this session's replica consists of; `rows` is the planner's estimate, for progress only. */
  shapes: verb
    .route({ method: "GET", path: "/sync/shapes", summary: "The shapes of this session", tags: ["sync"] })
    .output(z.array(z.object({ name: shapeName, rows: z.int(), columns: z.array(z.string()) }))),
};
