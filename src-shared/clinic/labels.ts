import { type Kysely, type RawBuilder, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";
import { isoWeek } from "../kit/calendar.ts";
import type { DB } from "../schema/database.ts";
import { agentName } from "./agent-name.ts";
import type { Reading, Scope } from "./scope.ts";

export const unassigned = { key: "unassigned", label: "Unassigned" };
/** Of a group by its SQL key: the answer's key and the words for people. */
export type Label = (key: string | null) => { key: string; label: string };

/** How the groups of a question are called. Names are looked up once, for all groups. */
export async function labels(db: Kysely<DB>, scope: Scope, groupBy: GroupBy, reading: Reading): Promise<Label> {
  if (groupBy === "queue") return named(await names(db, "queues", sql`a.name`, scope), "Unknown queue");
  if (groupBy === "location") return named(await names(db, "locations", sql`a.name`, scope), "Unknown location");
  if (groupBy === "agent") return named(await names(db, "agents", agentName(reading), scope), "Unknown agent");
  if (groupBy === "callType") return (key) => (key === null ? unassigned : { key, label: key });
  return (key) => timeLabel(groupBy, key ?? "");
}

const named =
  (held: Map<string, string>, unknown: string): Label =>
  (key) =>
    key === null ? unassigned : { key, label: held.get(key) ?? unknown };

async function names(
  db: Kysely<DB>,
  table: "queues" | "locations" | "agents",
  name: RawBuilder<string>,
  scope: Scope,
): Promise<Map<string, string>> {
  const ids = [...scope.clinics.keys()];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string | null }>`
    select a.id, ${name} as name from ${sql.table(table)} a where a.clinic_id in (${sql.join(ids)})`.execute(db);
  return new Map(rows.map((r) => [r.id, r.name ?? ""]));
}

/** `2026-11-20T09` to `20 Nov 2026, 09:00`; a week's Monday to `2026-W47`; and so on. */
function timeLabel(groupBy: GroupBy, key: string): { key: string; label: string } {
  if (groupBy === "hour") return { key, label: `${dayLabel(key.slice(0, 10))}, ${key.slice(11)}:00` };
  if (groupBy === "day") return { key, label: dayLabel(key) };
  if (groupBy === "month") return { key, label: `${monthName(key)} ${key.slice(0, 4)}` };
  if (groupBy !== "week") return { key, label: key };
  const week = isoWeek(key);
  return { key: week, label: `Week ${Number(week.slice(-2))}, ${week.slice(0, 4)}` };
}

const months = "January February March April May June July August September October November December".split(" ");
const monthName = (day: string) => months[Number(day.slice(5, 7)) - 1] ?? day;
const dayLabel = (day: string) => `${Number(day.slice(8))} ${monthName(day).slice(0, 3)} ${day.slice(0, 4)}`;
