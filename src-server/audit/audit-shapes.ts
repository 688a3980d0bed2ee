import { type Member, memberClinics } from "#shared/access/member.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { unavailable } from "../shapes/messages.ts";
import type { AuditLine } from "./audit-line.ts";
import { SeenLately } from "./seen-lately.ts";
import type { AuditTrail } from "./trail.ts";

type Session = Pick<Member, "userId" | "sessionId"> & Partial<Pick<Member, "deviceId" | "organizationId" | "roles">>;
type Asked = { request: Request; session: Session | null; requestId: string | undefined };

/**
 * Holds an answer of `/v1/shape` back until its line is kept: a session's first rows of a shape and each fetch from its start are a
 * view, and what was refused is a refusal. Polls that follow are the same view going on.
 */
export type AuditShapes = (asked: Asked, answer: Response) => Promise<Response>;

export function auditShapes(trail: AuditTrail): AuditShapes {
  const begun = new SeenLately(Number.POSITIVE_INFINITY);
  return async ({ request, session, requestId }, answer) => {
    const { searchParams } = new URL(request.url);
    const asked = /^(?:"?public"?\.)?"?([a-z_]{1,40})"?$/.exec(searchParams.get("table") ?? "")?.[1];
    const shape = shapeName.safeParse(asked).data;
    const line = (action: AuditLine["action"], subject: string, detail: Record<string, unknown>): AuditLine => {
      const clinics = session?.roles ? memberClinics({ roles: session.roles }) : [];
      return {
        action,
        subject,
        userId: session?.userId,
        sessionId: session?.sessionId,
        deviceId: session?.deviceId,
        organizationId: session?.organizationId,
        clinicId: clinics.length === 1 ? clinics[0] : null,
        requestId,
        detail: { ...detail, ...(clinics.length > 1 ? { clinics } : {}) },
      };
    };
    const key = `shape ${session?.sessionId} ${shape}`;
    if (answer.ok && session && shape) {
      const view = () => trail.once(key, line("view", `shape.${shape}`, {}));
      try {
        if (searchParams.get("offset") !== "-1") await begun.once(key, view);
        else {
          const written = view();
          await begun.once(key, () => written);
          await written;
        }
      } catch {
        return unavailable("The audit log can't be written at the moment, and without its line nothing is answered.");
      }
    }
    const refused = refusalOf(answer.status, shape !== undefined, request.headers.has("authorization"));
    if (refused)
      await trail
        .once(`refused ${key} ${refused}`, line("refused", shape ? `shape.${shape}` : "shape", { code: refused }))
        .catch(() => {});
    return answer;
  };
}

/** A table that no desk may hold is a forged request; a token that is good no more is one of somebody who was let go. */
function refusalOf(status: number, known: boolean, token: boolean): string | null {
  if (status === 400 && !known) return "FORBIDDEN";
  return status === 401 && token ? "UNAUTHORIZED" : null;
}
