import { type Member, memberClinics } from "#shared/access/member.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { unavailable } from "../shapes/messages.ts";
import type { AuditLine } from "./audit-line.ts";
import { SeenLately } from "./seen-lately.ts";
import type { AuditTrail } from "./trail.ts";
import { who } from "./who.ts";

type Asked = {
  request: Request;
  requestId: string | undefined;
  member: Member | null;
  /** Why the request's token makes nobody a member, and whose session it was. */
  ended: { reason: string; formerly?: { sessionId: string; userId: string } } | null;
};

/**
 * Holds an answer of `/v1/shape` back until its line is kept: a session's first rows of a shape and each fetch from its start are a
 * view, and what was refused is a refusal. Polls that follow are the same view going on.
 */
export type AuditShapes = (asked: Asked, answer: Response) => Promise<Response>;

export function auditShapes(trail: AuditTrail): AuditShapes {
  const begun = new SeenLately(Number.POSITIVE_INFINITY);
  return async (asked, answer) => {
    const { request, member } = asked;
    const { searchParams } = new URL(request.url);
    const table = /^(?:"?public"?\.)?"?([a-z_]{1,40})"?$/.exec(searchParams.get("table") ?? "")?.[1];
    const shape = shapeName.safeParse(table).data;
    const subject = shape ? `shape.${shape}` : "shape";
    const key = `${subject} ${member?.sessionId ?? asked.ended?.formerly?.sessionId}`;
    if (answer.ok && shape) {
      const view = () => trail.once(key, lineOf(asked, "view", subject, {}));
      try {
        if (searchParams.get("offset") === "-1") {
          const written = view();
          await begun.once(key, () => written);
          await written;
        } else await begun.once(key, view);
      } catch {
        return unavailable("The audit log can't be written at the moment, and without its line nothing is answered.");
      }
    }
    const refused = refusalOf(asked, answer.status, shape !== undefined);
    if (refused)
      await trail
        .once(`${key} ${refused.code}`, lineOf(asked, "refused", subject, refused))
        // It shows nothing, and is answered whether or not its line can be written.
        .catch(() => {});
    return answer;
  };
}

function lineOf(
  { member, ended, requestId }: Asked,
  action: AuditLine["action"],
  subject: string,
  detail: Record<string, unknown>,
): AuditLine {
  const clinics = memberClinics(member ?? { roles: [] });
  return {
    ...who({ member, formerly: ended?.formerly ?? null, requestId: requestId ?? "" }),
    action,
    subject,
    clinicId: clinics.length === 1 ? clinics[0] : null,
    detail: { ...detail, ...(clinics.length > 1 ? { clinics } : {}) },
  };
}

/** A table that no desk may hold is a forged request; a token that is good no more is one of somebody who was let go. */
function refusalOf({ request, ended }: Asked, status: number, known: boolean) {
  if (status === 400 && !known) return { code: "FORBIDDEN" };
  // An access token whose minutes are over is no attempt at anything: the desk refreshes it and asks again.
  if (status !== 401 || !request.headers.has("authorization") || ended?.reason === "expired") return null;
  return { code: "UNAUTHORIZED", ...(ended ? { reason: ended.reason } : {}) };
}
