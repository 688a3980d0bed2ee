import type { RouterClient } from "@orpc/server";
import type { deskHandlers } from "../src-main/handlers/desk-handlers.ts";

/** What is asked: the clinic, its day, and the run, so that every run asks something a little different. */
export type TileQuestion = { clinicId: string; today: string; run: number };
export type Ask = RouterClient<ReturnType<typeof deskHandlers>>;
export type BenchTile = {
  id: string;
  title: string;
  ask: (desk: Ask, question: TileQuestion) => Promise<unknown>;
  /** The same figures from raw rows, in SQL that PostgreSQL and DuckDB both read. */
  sql: (question: TileQuestion) => string;
};

const back = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
/** The last `days` days, moved into the past by one day a run: an answer kept from the last run is of no use. */
const range = ({ today, run }: TileQuestion, days: number) => ({
  startDate: back(today, days + run - 1),
  endDate: back(today, run),
});

const measures = `
  count(*) filter (where call_direction = 'inbound') as offered,
  count(*) filter (where call_direction = 'inbound' and call_status = 'answered') as answered,
  count(*) filter (where call_status = 'abandoned') as abandoned,
  count(*) filter (where call_status = 'abandoned' and wait_seconds < 5) as short_abandoned,
  count(*) filter (where call_direction = 'inbound' and call_status = 'voicemail') as voicemail,
  count(*) filter (where call_status = 'missed') as missed,
  count(*) filter (where call_direction = 'outbound') as outbound,
  count(*) filter (where call_direction = 'internal') as internal,
  count(*) filter (where call_direction = 'inbound' and call_status = 'answered' and wait_seconds <= 20) as in_target,
  sum(wait_seconds) filter (where call_direction = 'inbound' and call_status = 'answered') as waited,
  sum(talk_duration_seconds + hold_time_seconds + after_call_work_seconds)
    filter (where call_direction = 'inbound' and call_status = 'answered') as handled`;
const percentiles = `,
  percentile_cont(0.5) within group (order by wait_seconds) as wait_p50,
  percentile_cont(0.9) within group (order by wait_seconds) as wait_p90`;
const figures = (key: string, clinic: string, from: string, to: string, more = "") => `
  select ${key} as key, ${measures}${more} from calls
  where clinic_id = '${clinic}' and local_day between date '${from}' and date '${to}' group by 1 order by 1`;
const today = (key: string) => (q: TileQuestion) => figures(key, q.clinicId, q.today, q.today, percentiles);

type Grouping = "day" | "week" | "month" | "location" | "queue" | "agent";
const keys: Record<Grouping, string> = {
  day: "local_day",
  week: "date_trunc('week', local_day)",
  month: "date_trunc('month', local_day)",
  location: "location_id",
  queue: "queue_id",
  agent: "agent_id",
};
const trend = (groupBy: Grouping, days: number): BenchTile => ({
  id: `trends-${groupBy}-${days}`,
  title: `Trends: by ${groupBy}, ${days} days`,
  ask: (desk, q) =>
    desk.reports.callAnalytics({ clinicId: q.clinicId, ...range(q, days), groupBy, percentiles: false }),
  sql: (q) => figures(keys[groupBy], q.clinicId, range(q, days).startDate, range(q, days).endDate),
});
const heat = (days: number): BenchTile => ({
  id: `trends-heat-map-${days}`,
  title: `Trends: hour by weekday, ${days} days`,
  ask: (desk, q) => desk.reports.heatMap({ clinicId: q.clinicId, ...range(q, days) }),
  sql: (q) =>
    figures(
      "extract(isodow from local_day) * 100 + local_hour",
      q.clinicId,
      range(q, days).startDate,
      range(q, days).endDate,
    ),
});

/** Trends asks for wait percentiles only while it draws them; so do these. Every tile of Today, and those of Trends at the span it opens with and at its longest. */
export const tileList: readonly BenchTile[] = [
  {
    id: "today-overview",
    title: "Today: figures and hours against eight usual days",
    ask: (desk, { clinicId }) => desk.today.overview({ clinicId }),
    sql: (q) => `
      select local_day, local_hour, ${measures} from calls where clinic_id = '${q.clinicId}'
      and local_day in (${Array.from({ length: 9 }, (_, week) => `date '${back(q.today, 7 * week)}'`).join(", ")}) group by 1, 2`,
  },
  {
    id: "today-queues",
    title: "Today: queues",
    ask: (desk, { clinicId }) => desk.today.queues({ clinicId }),
    sql: today("queue_id"),
  },
  {
    id: "today-agents",
    title: "Today: agents' leaderboard",
    ask: (desk, { clinicId }) => desk.today.agents({ clinicId }),
    sql: today("agent_id"),
  },
  {
    id: "today-longest-waits",
    title: "Today: longest waits",
    ask: (desk, { clinicId }) => desk.today.longestWaits({ clinicId, limit: 8 }),
    sql: (q) => `
      select id, call_start_time, queue_id, agent_id, call_status, wait_seconds from calls where clinic_id = '${q.clinicId}'
      and local_day = date '${q.today}' and call_direction = 'inbound' and wait_seconds is not null order by wait_seconds desc, id limit 8`,
  },
  trend("day", 30),
  trend("location", 30),
  trend("queue", 30),
  trend("agent", 30),
  heat(30),
  trend("day", 365),
  trend("week", 365),
  trend("month", 365),
  trend("location", 365),
  trend("queue", 365),
  trend("agent", 365),
  heat(365),
];
