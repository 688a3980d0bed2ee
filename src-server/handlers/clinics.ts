import { columnsWith } from "#shared/access/member.ts";
import { listClinics } from "#shared/clinic/clinics.ts";
import { directory } from "#shared/clinic/directory.ts";
import { asMember } from "../database/as-member.ts";
import { member, server } from "../http/implementer.ts";
import { setServiceLevel } from "./set-service-level.ts";

export const clinicsHandlers = {
  list: server.clinics.list.handler(({ context }) => asMember(context.db, member(context), (tx) => listClinics(tx))),
  directory: server.clinics.directory.handler(({ input, context }) => {
    const who = member(context);
    return asMember(context.db, who, (tx) => directory(tx, input, { names: columnsWith(who, "seeStaffNames") }));
  }),
  setServiceLevel: server.clinics.setServiceLevel.handler(({ input, context }) =>
    setServiceLevel(context.db, member(context), input),
  ),
};
