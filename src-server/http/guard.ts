import { ORPCError } from "@orpc/server";
import { checkVerb } from "#shared/access/check-verb.ts";
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
export function guard(context: Pick<ServerContext, "member" | "whyNobody">, access: VerbAccess, input: unknown): void {
  if (access.need === "open") return;
  const clinicId = clinicAsked(input);
  const checked = checkVerb(access, signedIn(context), clinicId);
  if (checked.is === "notYours") throw notFound("There is no such clinic among yours: choose one of the list.");
  if (checked.is === "allowed") return;
  const words = checked.missing.map((permission) => permissionWords[permission]).join(" or ");
  throw new ORPCError("FORBIDDEN", {
    message: `Your role ${clinicId === null ? "" : "in this clinic "}does not let you ${words}. Ask your administrator if you need it.`,
  });
}
