import { implement } from "@orpc/server";
import type { Kysely } from "kysely";
import { Temporal } from "temporal-polyfill";
import { columnsWith } from "#shared/access/member.ts";
import { callAnalytics } from "#shared/clinic/call-analytics.ts";
import { callList } from "#shared/clinic/call-list.ts";
import { callOne } from "#shared/clinic/call-one.ts";
import { listClinics } from "#shared/clinic/clinics.ts";
import { directory } from "#shared/clinic/directory.ts";
import { heatMap } from "#shared/clinic/heat-map.ts";
import { longestWaits } from "#shared/clinic/longest-waits.ts";
import { callReadingOf, readingOf } from "#shared/clinic/reading-of.ts";
import { wholeClinics } from "#shared/clinic/scope.ts";
import { todayAgents } from "#shared/clinic/today-agents.ts";
import { todayOverview } from "#shared/clinic/today-overview.ts";
import { todayQueues } from "#shared/clinic/today-queues.ts";
import { deskContract } from "#shared/contract/desk-contract.ts";
import type { Person } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";

/** The replica, and whose it is; null while nobody is signed in. */
export type DeskHolds = { db: Kysely<DB>; person: Person | null };

/**
 * The verbs that the desk answers from its replica, without a network. The replica holds only what this person may see, so that
 * its rollups are theirs: they are read wherever the server would read rows for the same person.
 *
 * @param holds asked at each call, for the person changes with the sign-in
 */
export function deskHandlers(holds: () => DeskHolds, now: () => Temporal.Instant = () => Temporal.Now.instant()) {
  const desk = implement(deskContract);

  /** The replica for a question about figures, and how to read it; FORBIDDEN where this person's role shows none. */
  const figuresOf = (input: Asked) => {
    const { db, person } = holds();
    const reading = person ? readingOf(person.roles, input.clinicId) : wholeClinics;
    return { db, reading: { ...reading, from: reading.from === "rows" ? ("both" as const) : reading.from } };
  };
  /** The same for a question that shows single calls. */
  const callsOf = (input: Asked) => {
    const { db, person } = holds();
    return { db, reading: person ? callReadingOf(person.roles, input.clinicId) : wholeClinics };
  };

  return {
    clinics: {
      list: desk.clinics.list.handler(() => listClinics(holds().db)),
      directory: desk.clinics.directory.handler(({ input }) => {
        const { db, person } = holds();
        return directory(db, input, { names: person ? columnsWith(person, "seeStaffNames") : true });
      }),
    },
    calls: {
      list: desk.calls.list.handler(({ input }) => {
        const { db, reading } = callsOf(input);
        return callList(db, input, reading);
      }),
      one: desk.calls.one.handler(({ input }) => {
        const { db, reading } = callsOf({});
        return callOne(db, input, reading);
      }),
    },
    reports: {
      callAnalytics: desk.reports.callAnalytics.handler(({ input }) => {
        const { db, reading } = figuresOf(input);
        return callAnalytics(db, input, reading);
      }),
      heatMap: desk.reports.heatMap.handler(({ input }) => {
        const { db, reading } = figuresOf(input);
        return heatMap(db, input, reading);
      }),
    },
    today: {
      overview: desk.today.overview.handler(({ input }) => {
        const { db, reading } = figuresOf(input);
        return todayOverview(db, input, now(), reading);
      }),
      queues: desk.today.queues.handler(({ input }) => {
        const { db, reading } = figuresOf(input);
        return todayQueues(db, input, now(), reading);
      }),
      agents: desk.today.agents.handler(({ input }) => {
        const { db, reading } = figuresOf(input);
        return todayAgents(db, input, now(), reading);
      }),
      longestWaits: desk.today.longestWaits.handler(({ input }) => {
        const { db, reading } = callsOf(input);
        return longestWaits(db, input, now(), reading);
      }),
    },
  };
}

type Asked = { clinicId?: string | undefined };
