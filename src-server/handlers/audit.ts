import { auditCsv } from "../audit/audit-csv.ts";
import { deliverEvents } from "../audit/deliver-events.ts";
import { exportLines, searchLines } from "../audit/search-audit.ts";
import { asMember } from "../database/as-member.ts";
import { member, server } from "../http/implementer.ts";

export const auditHandlers = {
  search: server.audit.search.handler(({ input, context }) =>
    asMember(context.db, member(context), (tx) => searchLines(tx, input)),
  ),
  export: server.audit.export.handler(async ({ input, context }) => {
    const { entries, cut } = await asMember(context.db, member(context), (tx) => exportLines(tx, input));
    return { csv: auditCsv(entries), lines: entries.length, cut };
  }),
  deliver: server.audit.deliver.handler(async ({ input, context }) => ({
    received: await deliverEvents(context, member(context), input.events),
  })),
};
