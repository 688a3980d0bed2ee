import { callList } from "#shared/clinic/call-list.ts";
import { callOne } from "#shared/clinic/call-one.ts";
import { callReadingOf } from "#shared/clinic/reading-of.ts";
import { asMember } from "../database/as-member.ts";
import { member, server } from "../http/implementer.ts";
import { rawLines } from "./raw-lines.ts";

export const callsHandlers = {
  list: server.calls.list.handler(({ input, context }) => {
    const who = member(context);
    const reading = callReadingOf(who.roles, input.clinicId);
    return asMember(context.db, who, (tx) => callList(tx, input, reading));
  }),
  one: server.calls.one.handler(({ input, context }) => {
    const who = member(context);
    const reading = callReadingOf(who.roles);
    return asMember(context.db, who, (tx) => callOne(tx, input, reading));
  }),
  rawLines,
};
