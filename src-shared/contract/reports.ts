import { z } from "zod";
import { metricValues } from "../metrics/metric-values.ts";
import { day, id, verb } from "./base.ts";
import { callFilter } from "./calls.ts";

export const groupBy = z.enum(["none", "hour", "day", "week", "month", "queue", "agent", "location", "callType"]);
export type GroupBy = z.infer<typeof groupBy>;

export const analyticsQuestion = callFilter
  .extend({
    startDate: day,
    endDate: day,
    groupBy: groupBy.default("none"),
    /** False leaves waitP50 and waitP90 null: over a year they are a good part of the work, and few tiles draw them. */
    percentiles: z.union([z.boolean(), z.stringbool()]).optional(),
  })
  .refine((r) => r.startDate <= r.endDate, {
    path: ["endDate"],
    message: "The last day lies before the first: swap them.",
  });

export type AnalyticsQuestion = z.infer<typeof analyticsQuestion>;

/** `key` is stable and sorts: `2026-11-20T09`, `2026-11-20`, `2026-W47`, `2026-11`, an id, or `unassigned`. `label` is for people. */
export const analyticsGroup = z.object({ key: z.string(), label: z.string() }).extend(metricValues.shape);
export type AnalyticsGroup = z.infer<typeof analyticsGroup>;

export const heatCell = z
  .object({ weekday: z.int().min(1).max(7), hour: z.int().min(0).max(23), days: z.int() })
  .extend(metricValues.shape);
export type HeatCell = z.infer<typeof heatCell>;

const offline = { offline: true, open: false };
export const reports = {
  callAnalytics: verb
    .meta(offline)
    .route({
      method: "GET",
      path: "/reports/call-analytics",
      summary: "Call figures in total and by group",
      tags: ["reports"],
    })
    .input(analyticsQuestion)
    .output(z.object({ totals: metricValues, groups: z.array(analyticsGroup) })),
  /** Hour of the day by weekday (1 is Monday). `days` counts the days of that weekday in the range, for averages. */
  heatMap: verb
    .meta(offline)
    .route({ method: "GET", path: "/reports/heat-map", summary: "Call figures by hour and weekday", tags: ["reports"] })
    .input(callFilter.extend({ startDate: day, endDate: day }))
    .output(z.array(heatCell)),
};

const tile = z.object({
  metric: z.string(),
  value: z.number().nullable(),
  /** The same weekday's average up to this time of day; null where no such day is held. */
  usual: z.number().nullable(),
  /** The metric on the last days of this weekday, oldest first, today last. */
  spark: z.array(z.number().nullable()),
});
export type Tile = z.infer<typeof tile>;

export const todayOverview = z.object({
  day,
  /** Minutes since the clinic's midnight that "by now" reaches to. */
  minute: z.int(),
  /** How many earlier days of this weekday the usual figures rest on (8 at most). */
  usualDays: z.int(),
  tiles: z.array(tile),
  values: metricValues,
  hours: z.array(
    z.object({
      hour: z.int(),
      offered: z.int(),
      abandoned: z.int(),
      usual: z.number().nullable(),
      usualLow: z.number().nullable(),
      usualHigh: z.number().nullable(),
    }),
  ),
});
export type TodayOverview = z.infer<typeof todayOverview>;

export const longestWait = z.object({
  id,
  startedAt: z.string(),
  callerNumber: z.string().nullable(),
  queueName: z.string().nullable(),
  agentName: z.string().nullable(),
  status: z.string(),
  waitSeconds: z.int(),
});
export type LongestWait = z.infer<typeof longestWait>;

export const today = {
  overview: verb
    .meta(offline)
    .route({ method: "GET", path: "/today", summary: "Today's figures against the usual day", tags: ["today"] })
    .input(callFilter.extend({ clinicId: id }))
    .output(todayOverview),
  queues: verb
    .meta(offline)
    .route({ method: "GET", path: "/today/queues", summary: "Today by queue", tags: ["today"] })
    .input(callFilter.extend({ clinicId: id }))
    .output(z.array(analyticsGroup.extend({ longestWait: z.int().nullable() }))),
  agents: verb
    .meta(offline)
    .route({ method: "GET", path: "/today/agents", summary: "Today's agents, most answered first", tags: ["today"] })
    .input(callFilter.extend({ clinicId: id }))
    .output(z.array(analyticsGroup.extend({ lastCallAt: z.string().nullable() }))),
  /** Inbound calls of today by how long the caller waited, answered or not. */
  longestWaits: verb
    .meta(offline)
    .route({ method: "GET", path: "/today/longest-waits", summary: "The longest waits of today", tags: ["today"] })
    .input(callFilter.extend({ clinicId: id, limit: z.coerce.number().int().min(1).max(50).default(8) }))
    .output(z.array(longestWait)),
};
