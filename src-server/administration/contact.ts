import { sql } from "kysely";
import { ORPCError } from "@orpc/server";
import { member, server } from "../http/implementer.ts";
import { personOf } from "../identity/person-of.ts";
import { strictestTerms } from "../identity/strictest-terms.ts";
import { changesSince } from "./access-changes.ts";
import { replicaContact } from "./replica-contact.ts";

/** A desk's contact: written down for the administrator, and answered with what the desk must know of its person. */
export const contact = server.session.contact.handler(async ({ input, context }) => {
  const who = member(context);
  if (who.deviceId === null)
    throw new ORPCError("CONFLICT", { message: "This session names no device: sign in again from the desk." });
  const { counter, older } = await replicaContact(
    context.system,
    { deviceId: who.deviceId, userId: who.userId },
    { replica: input.replica, counter: input.counter },
  );
  const { now } = await context.system
    .updateTable("sessions")
    .set({ last_contact_at: sql`now()`, version: input.version, held: JSON.stringify(input.held) })
    .where("id", "=", who.sessionId)
    .returning(sql<string>`now()`.as("now"))
    .executeTakeFirstOrThrow();
  return {
    counter,
    older,
    person: await personOf(context.system, who),
    terms: await strictestTerms(context.system, who),
    changes: await changesSince(context.system, who, input.seenChange),
    now,
  };
});
