import { type Kysely, type RawBuilder, sql } from "kysely";
import type { CallFilter } from "../contract/calls.ts";
import type { Clinic } from "../contract/clinics.ts";
import type { DB } from "../schema/database.ts";
import { listClinics } from "./clinics.ts";
import { notFound } from "./refuse.ts";

/** How a question may read for a person. */
export type Reading = {
  /** Rollups add up everybody's calls: who sees their own is answered from `rows`; a board, which sees no call, from `rollups` alone. */
  from: "rows" | "rollups" | "both";
  /** Whether who called is shown, and looked into by a search. */
  callers: boolean;
  /** Whether agents go by their whole names; else by their first. */
  names: boolean;
};
export const wholeClinics: Reading = { from: "both", callers: true, names: true };

/** Which calls a question is about, with the clinics' rules at hand. */
export type Scope = {
  clinics: Map<string, Clinic>;
  startDate: string;
  endDate: string;
  /** Only these days of the range, where given. */
  days?: string[];
  filter: Pick<CallFilter, "locationId" | "agentId"> & { queueIds?: (string | null)[] };
};

type Question = CallFilter & { startDate: string; endDate: string; queue?: string | undefined };

/**
 * Looks up the clinics and the queue's name.
 * @throws NOT_FOUND for a clinic that isn't there for this person
 */
export async function scopeOf(db: Kysely<DB>, question: Question): Promise<Scope> {
  const all = await listClinics(db);
  const clinics = question.clinicId ? all.filter((c) => c.id === question.clinicId) : all;
  if (question.clinicId && clinics.length === 0)
    throw notFound("There is no such clinic among yours: choose one of the list.");
  const filter: Scope["filter"] = { locationId: question.locationId, agentId: question.agentId };
  const queueIds = await queues(db, question);
  if (queueIds) filter.queueIds = queueIds;
  return {
    clinics: new Map(clinics.map((c) => [c.id, c])),
    startDate: held(question.startDate),
    endDate: held(question.endDate),
    filter,
  };
}

/** The calendar of the contract has a year 0, that of the database has none. */
const held = (day: string) => (day < "0001-01-01" ? "0001-01-01" : day);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const orNull = (id: string) => (id === "unassigned" ? null : id);

/** Queues by id, by name (there may be one in each clinic), or null for what no queue has; undefined: all calls. */
async function queues(db: Kysely<DB>, { queueId, queue }: Question): Promise<(string | null)[] | undefined> {
  const byId = queueId === undefined ? undefined : [orNull(queueId)];
  if (queue === undefined) return byId;
  const named =
    queue === "unassigned" || uuid.test(queue)
      ? [orNull(queue)]
      : (await db.selectFrom("queues").select("id").where("name", "=", queue).execute()).map((q) => q.id);
  return byId ? named.filter((id) => byId.includes(id)) : named;
}

/** The condition on the rows or rollup called `s`. Only columns that the filter needs are named. */
export function within(scope: Scope): RawBuilder<boolean> {
  const { filter } = scope;
  const parts: RawBuilder<unknown>[] = [
    oneOf("clinic_id", [...scope.clinics.keys()]),
    sql`s.local_day between ${scope.startDate}::date and ${scope.endDate}::date`,
  ];
  if (scope.days) parts.push(sql`s.local_day in (${sql.join(scope.days.map((day) => sql`${day}::date`))})`);
  if (filter.locationId !== undefined) parts.push(oneOf("location_id", [orNull(filter.locationId)]));
  if (filter.queueIds !== undefined) parts.push(oneOf("queue_id", filter.queueIds));
  if (filter.agentId !== undefined) parts.push(oneOf("agent_id", [orNull(filter.agentId)]));
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

function oneOf(column: string, ids: (string | null)[]): RawBuilder<unknown> {
  const name = sql.ref(`s.${column}`);
  const given = ids.filter((id) => id !== null);
  if (given.length < ids.length) return sql`${name} is null`;
  return given.length === 0 ? sql`false` : sql`${name} in (${sql.join(given)})`;
}
