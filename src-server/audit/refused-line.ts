import { ORPCError } from "@orpc/server";
import { memberClinics } from "#shared/access/member.ts";
import { clinicAsked } from "../http/clinic-asked.ts";
import type { ServerContext } from "../http/context.ts";
import type { AuditLine } from "./audit-line.ts";
import type { Asked } from "./audit-verb.ts";
import { recordOf } from "./detail-of.ts";
import { who } from "./who.ts";

/**
 * The line of a refusal, and the key under which its like is written once a minute; null for what is no refusal of access (a wrong
 * field, a conflict, a request that never had a token).
 */
export function refusedLine(
  context: ServerContext,
  { verb, input }: Asked,
  error: unknown,
): { key: string; line: AuditLine } | null {
  if (!(error instanceof ORPCError)) return null;
  const reason = (error.data as { reason?: unknown } | undefined)?.reason;
  if (!counts(context, verb, error.code, reason)) return null;
  const subjectId = recordOf(input);
  const clinic = clinicAsked(input);
  // A line in another's clinic would show its administrators people they don't know: it stays with the person's own.
  const own = clinic !== null && memberClinics(context.member ?? { roles: [] }).includes(clinic);
  return {
    key: [
      "refused",
      context.member?.sessionId ?? context.formerly?.sessionId,
      verb,
      error.code,
      subjectId,
      clinic,
    ].join(" "),
    line: {
      ...who(context),
      action: "refused",
      subject: verb,
      subjectId,
      clinicId: own ? clinic : null,
      detail: {
        code: error.code,
        ...(typeof reason === "string" ? { reason } : {}),
        ...(clinic !== null && !own ? { clinic } : {}),
      },
    },
  };
}

function counts({ member, whyNobody }: ServerContext, verb: string, code: string, reason: unknown): boolean {
  switch (code) {
    case "UNAUTHORIZED":
      // An access token whose minutes are over is no attempt at anything: the desk refreshes it and asks again.
      return whyNobody !== null && reason !== "expired";
    case "FORBIDDEN":
      return true;
    case "NOT_FOUND":
      return member !== null;
    case "TOO_MANY_REQUESTS":
      return verb.startsWith("session.");
    default:
      return false;
  }
}
