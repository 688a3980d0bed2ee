import { ORPCError } from "@orpc/client";
import { checkVerb } from "#shared/access/check-verb.ts";
import type { HasRoles } from "#shared/access/member.ts";
import { type DeskVerb, verbAccess } from "#shared/access/verb-access.ts";
import { notFound } from "#shared/clinic/refuse.ts";

/**
 * Holds a verb against the one table of access before the desk answers it from its replica, as the server does before it answers.
 * @throws NOT_FOUND for a clinic of others, FORBIDDEN where the role doesn't go so far
 */
export function guardVerb(verb: string, who: HasRoles, input: unknown): void {
  const checked = checkVerb(verbAccess[verb as DeskVerb], who, clinicOf(input));
  if (checked.is === "notYours") throw notFound("There is no such clinic among yours: choose one of the list.");
  if (checked.is === "forbidden")
    throw new ORPCError("FORBIDDEN", {
      status: 403,
      message: "Your role does not let you see this here. Ask your administrator if you need it.",
    });
}

function clinicOf(input: unknown): string | null {
  const { clinicId } = (typeof input === "object" && input !== null ? input : {}) as { clinicId?: unknown };
  return typeof clinicId === "string" ? clinicId.toLowerCase() : null;
}
