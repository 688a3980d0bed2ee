import { Temporal } from "temporal-polyfill";
import { longestWaits } from "#shared/clinic/longest-waits.ts";
import { callReadingOf, readingOf } from "#shared/clinic/reading-of.ts";
import { todayAgents } from "#shared/clinic/today-agents.ts";
import { todayOverview } from "#shared/clinic/today-overview.ts";
import { todayQueues } from "#shared/clinic/today-queues.ts";
import { asMember } from "../database/as-member.ts";
import { member, server } from "../http/implementer.ts";

const now = () => Temporal.Now.instant();

export const todayHandlers = {
  overview: server.today.overview.handler(({ input, context }) => {
    const who = member(context);
    const reading = readingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => todayOverview(tx, input, now(), reading));
  }),
  queues: server.today.queues.handler(({ input, context }) => {
    const who = member(context);
    const reading = readingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => todayQueues(tx, input, now(), reading));
  }),
  agents: server.today.agents.handler(({ input, context }) => {
    const who = member(context);
    const reading = readingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => todayAgents(tx, input, now(), reading));
  }),
  longestWaits: server.today.longestWaits.handler(({ input, context }) => {
    const who = member(context);
    const reading = callReadingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => longestWaits(tx, input, now(), reading));
  }),
};
