import { asMember } from "../database/as-member.ts";
import { callAnalytics } from "#shared/clinic/call-analytics.ts";
import { heatMap } from "#shared/clinic/heat-map.ts";
import { readingOf } from "#shared/clinic/reading-of.ts";
import { member, server } from "../http/implementer.ts";

export const reportsHandlers = {
  callAnalytics: server.reports.callAnalytics.handler(({ input, context }) => {
    const who = member(context);
    const reading = readingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => callAnalytics(tx, input, reading));
  }),
  heatMap: server.reports.heatMap.handler(({ input, context }) => {
    const who = member(context);
    const reading = readingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => heatMap(tx, input, reading));
  }),
};
