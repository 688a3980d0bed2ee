import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { badField, notFound } from "#shared/clinic/refuse.ts";
import { memberMay } from "#shared/access/member.ts";
import { ORPCError } from "@orpc/server";
import { asMember } from "../database/as-member.ts";
import type { ServerContext } from "../http/context.ts";
import { member, server } from "../http/implementer.ts";
import { asMemberWithLine } from "./with-line.ts";

/** The location, if the asker administers those of its clinic. */
async function managed(context: ServerContext, locationId: string): Promise<{ id: string; clinicId: string }> {
  const who = member(context);
  const found = await asMember(context.db, who, (tx) =>
    tx.selectFrom("locations").select(["id", "clinic_id"]).where("id", "=", locationId).executeTakeFirst(),
  );
  if (!found) throw notFound("There is no such location in your clinics.");
  if (!memberMay(who, "manageLocations", found.clinic_id))
    throw new ORPCError("FORBIDDEN", {
      message: "Locations are kept by the clinic's administrators: ask one of them.",
    });
  return { id: found.id, clinicId: found.clinic_id };
}

/** Two locations of a clinic with one name could not be told apart on any screen. */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== "23505") throw error;
    throw badField("name", "The clinic has a location of this name already: choose another.");
  }
}

export const locationHandlers = {
  list: server.locations.list.handler(({ input, context }) =>
    asMember(context.db, member(context), async (tx) => {
      const { clinicId } = input;
      const locations = await tx
        .selectFrom("locations as l")
        .select([
          "l.id",
          "l.name",
          sql<number>`(select count(*) from agents a where a.location_id = l.id and a.active)`.as("agents"),
          sql<number>`(select count(*) from queues q where q.location_id = l.id)`.as("queues"),
        ])
        .where("l.clinic_id", "=", clinicId)
        .orderBy("l.name")
        .execute();
      const staff = await tx
        .selectFrom("location_staff")
        .select(["user_id", "location_id"])
        .where("clinic_id", "=", clinicId)
        .where("active", "=", true)
        .orderBy("user_id")
        .execute();
      return locations.map((l) => ({
        ...l,
        staff: staff.filter((s) => s.location_id === l.id).map((s) => s.user_id),
      }));
    }),
  ),
  add: server.locations.add.handler(async ({ input, context }) => {
    const id = randomUUID();
    const part = { clinicId: input.clinicId, subjectId: id };
    await named(() =>
      asMemberWithLine(context, member(context), part, (tx) =>
        tx.insertInto("locations").values({ id, clinic_id: input.clinicId, name: input.name }).execute(),
      ),
    );
    return { id };
  }),
  rename: server.locations.rename.handler(async ({ input, context }) => {
    const { id, clinicId } = await managed(context, input.locationId);
    await named(() =>
      asMemberWithLine(context, member(context), { clinicId, subjectId: id }, (tx) =>
        tx.updateTable("locations").set({ name: input.name }).where("id", "=", id).execute(),
      ),
    );
    return { id };
  }),
  setStaff: server.locations.setStaff.handler(async ({ input, context }) => {
    const { id, clinicId } = await managed(context, input.locationId);
    const wanted = [...new Set(input.userIds)];
    const part = { clinicId, subjectId: id };
    const touched = await asMemberWithLine(context, member(context), part, async (tx) => {
      const members =
        wanted.length === 0
          ? []
          : await tx
              .selectFrom("user_clinic_roles")
              .select("user_id")
              .where("clinic_id", "=", clinicId)
              .where("user_id", "in", wanted)
              .execute();
      if (members.length < wanted.length)
        throw badField("userIds", "Only people with a role in this clinic can be staff of its locations.");
      const gone = await tx
        .deleteFrom("location_staff")
        .where("location_id", "=", id)
        .$if(wanted.length > 0, (q) => q.where("user_id", "not in", wanted))
        .returning("user_id")
        .execute();
      if (wanted.length > 0)
        await tx
          .insertInto("location_staff")
          .values(wanted.map((user_id) => ({ user_id, clinic_id: clinicId, location_id: id, active: true })))
          .onConflict((c) => c.columns(["user_id", "location_id"]).doUpdateSet({ active: true }))
          .execute();
      return [...gone.map((g) => g.user_id), ...wanted];
    });
    for (const userId of touched) context.accessChanged(userId);
    return { staff: wanted.toSorted() };
  }),
};
