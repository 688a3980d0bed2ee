import { type RawBuilder, sql } from "kysely";
import type { GroupBy } from "../contract/reports.ts";

type Key = RawBuilder<string | null>;

/** What calls called `s` are grouped by in SQL, always text or an id. `labels` makes the answer's key of it. */
const keys: Record<GroupBy, Key> = {
  none: sql`''::text`,
  hour: sql`s.local_day::text || 'T' || lpad(s.local_hour::text, 2, '0')`,
  day: sql`s.local_day::text`,
  // The week's Monday. Year 1 began on one, so that whole numbers do and no calendar is asked for each row.
  week: sql`(s.local_day - (s.local_day - date '0001-01-01') % 7)::text`,
  month: sql`to_char(s.local_day, 'YYYY-MM')`,
  queue: sql`s.queue_id`,
  agent: sql`s.agent_id`,
  location: sql`s.location_id`,
  callType: sql`s.call_type`,
};

export const keyColumn = (groupBy: GroupBy): Key => keys[groupBy];

export const byTime = (groupBy: GroupBy): boolean => ["hour", "day", "week", "month"].includes(groupBy);
