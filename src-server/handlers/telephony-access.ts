import { ORPCError } from "@orpc/server";
import { roleMay } from "#shared/access/permission.ts";
import { clinicsConfigured, type Member, memberClinics } from "#shared/access/member.ts";
import { asMember } from "../database/as-member.ts";
import type { ServerContext } from "../http/context.ts";
import { member } from "../http/implementer.ts";

/** Refuses unless this person configures the phone systems of the clinic. A clinic they don't belong to does not exist for them. */
export function mustConfigure(context: ServerContext, clinicId: string): void {
  const who = member(context);
  if (clinicsConfigured(who).includes(clinicId)) return;
  if (memberClinics(who).includes(clinicId))
    throw new ORPCError("FORBIDDEN", {
      message: "Phone systems are set up by the clinic's administrators: ask one of them.",
    });
  throw new ORPCError("NOT_FOUND", { message: "There is no such clinic." });
}

/**
 * The person as far as they configure phone systems: who is less in another clinic reads all columns of the sources that
 * are theirs to configure, and sees nothing of the other clinic meanwhile.
 */
export function configurer(context: ServerContext): Member {
  const who = member(context);
  return { ...who, roles: who.roles.filter((held) => roleMay(held.role, "configureSources")) };
}

/** The source of calls, if this person configures the phone systems of its clinic. */
export async function configuredSource(
  context: ServerContext,
  sourceId: string,
): Promise<{ id: string; clinicId: string }> {
  const source = await asMember(context.db, member(context), (tx) =>
    tx.selectFrom("call_sources").where("id", "=", sourceId).select(["id", "clinic_id"]).executeTakeFirst(),
  );
  if (!source) throw new ORPCError("NOT_FOUND", { message: "There is no such source of calls." });
  mustConfigure(context, source.clinic_id);
  return { id: source.id, clinicId: source.clinic_id };
}
