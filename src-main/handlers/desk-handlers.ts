import { implement } from "@orpc/server";
import type { Kysely } from "kysely";
import { Temporal } from "temporal-polyfill";
import { callAnalytics } from "#shared/clinic/call-analytics.ts";
import { callList } from "#shared/clinic/call-list.ts";
import { callOne } from "#shared/clinic/call-one.ts";
import { listClinics } from "#shared/clinic/clinics.ts";
import { directory } from "#shared/clinic/directory.ts";
import { heatMap } from "#shared/clinic/heat-map.ts";
import { longestWaits } from "#shared/clinic/longest-waits.ts";
import { readingOf } from "#shared/clinic/reading-of.ts";
import { todayAgents } from "#shared/clinic/today-agents.ts";
import { todayOverview } from "#shared/clinic/today-overview.ts";
import { todayQueues } from "#shared/clinic/today-queues.ts";
import { deskContract } from "#shared/contract/desk-contract.ts";
import type { Person } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";

/** The replica, and whose it is; null while nobody is signed in. */
export type DeskHolds = { db: Kysely<DB>; person: Person | null };

/**
 * The verbs that the desk answers from its replica, without a network. The replica holds only what this person may see,
 * so that its rollups are theirs: everything is read from them.
 *
 * @param holds asked at each call, for the person changes with the sign-in
 */
export function deskHandlers(holds: () => DeskHolds, now: () => Temporal.Instant = () => Temporal.Now.instant()) {
  const desk = implement(deskContract);

  /** The replica for a question about calls; FORBIDDEN where this person's role shows none. */
  const callsOf = (input: { clinicId?: string | undefined }) => {
    const { db, person } = holds();
    if (person) readingOf(person.roles, input.clinicId);
    return db;
  };

  return {
    clinics: {
      list: desk.clinics.list.handler(() => listClinics(holds().db)),
      directory: desk.clinics.directory.handler(({ input }) => directory(holds().db, input)),
    },
    calls: {
      list: desk.calls.list.handler(({ input }) => callList(callsOf(input), input)),
      one: desk.calls.one.handler(({ input }) => callOne(holds().db, input)),
    },
    reports: {
      callAnalytics: desk.reports.callAnalytics.handler(({ input }) => callAnalytics(callsOf(input), input)),
      heatMap: desk.reports.heatMap.handler(({ input }) => heatMap(callsOf(input), input)),
    },
    today: {
      overview: desk.today.overview.handler(({ input }) => todayOverview(callsOf(input), input, now())),
      queues: desk.today.queues.handler(({ input }) => todayQueues(callsOf(input), input, now())),
      agents: desk.today.agents.handler(({ input }) => todayAgents(callsOf(input), input, now())),
      longestWaits: desk.today.longestWaits.handler(({ input }) => longestWaits(callsOf(input), input, now())),
    },
  };
}
