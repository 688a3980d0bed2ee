import { ORPCError } from "@orpc/server";
import { type Member, memberClinics, memberMay } from "#shared/access/member.ts";
import type { Permission } from "#shared/access/permission.ts";
import type { VerbAccess } from "#shared/access/verb-access.ts";
import { notFound } from "#shared/clinic/refuse.ts";
import { clinicAsked } from "./clinic-asked.ts";
import type { ServerContext } from "./context.ts";
import { permissionWords } from "./permission-words.ts";
import { signedIn } from "./signed-in.ts";

/**
 * Whether a request may go on to its verb's handler: held against src-shared/access/verb-access.ts before the input is looked at.
 * @throws UNAUTHORIZED without a session, NOT_FOUND for a clinic of others, FORBIDDEN with what is missing
 */
export function guard(
  context: Pick<ServerContext, "member" | "whyNobody">,
  { need }: VerbAccess,
  input: unknown,
): void {
  if (need === "open") return;
  const who = signedIn(context);
  const clinicId = clinicAsked(input);
  // Another's clinic and one that never was are answered alike.
  if (clinicId !== null && !memberClinics(who).includes(clinicId))
    throw notFound("There is no such clinic among yours: choose one of the list.");
  if (need !== "signedIn") mustHave(who, need, clinicId);
}

function mustHave(who: Member, need: readonly Permission[], clinicId: string | null): void {
  if (need.some((permission) => memberMay(who, permission, clinicId ?? undefined))) return;
  const words = need.map((permission) => permissionWords[permission]).join(" or ");
  throw new ORPCError("FORBIDDEN", {
    message: `Your role ${clinicId === null ? "" : "in this clinic "}does not let you ${words}. Ask your administrator if you need it.`,
  });
}
