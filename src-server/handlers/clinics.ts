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
  setServiceLevel: server.clinics.setServiceLevel.handler(async ({ input, context }) => {
    const who = member(context);
    const held = await asMember(context.db, who, (tx) => listClinics(tx));
    const before = held.find((clinic) => clinic.id === input.clinicId)?.serviceLevel;
    context.note.add({ detail: { before } });
    return setServiceLevel(context.db, who, input);
  }),
};
