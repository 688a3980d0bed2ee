import { Hono } from "hono";
import type { Member } from "#shared/access/member.ts";
import type { EndReason } from "#shared/contract/base.ts";
import type { AuditShapes } from "../audit/audit-shapes.ts";
import type { Shapes } from "./create-shapes.ts";
import { json } from "./messages.ts";

/** Why a session is none any more: goes into the refusal, and the desk acts on it. `formerly`: whose session it was, for the audit log. */
type Ended = { reason: EndReason; receipt?: string; formerly?: { sessionId: string; userId: string } };

type Options = {
  shapes: Pick<Shapes, "fetch">;
  /** Whom the request's token belongs to; why nobody any more; null when it belongs to nobody or its own time is over. */
  authenticate: (request: Request) => Promise<Member | Ended | null>;
  /** Keeps the line of a view or a refusal before the answer goes out. */
  audit: AuditShapes;
};

/** `/v1/shape`, as the official client asks it. What a request says beside the table's name and its place in the log is ignored. */
export function shapesRoute({ shapes, authenticate, audit }: Options): Hono {
  const route = new Hono();
  route.get("/v1/shape", async (context) => {
    const request = context.req.raw;
    const since = performance.now();
    const { requestId } = context.var as { requestId?: string };
    let ended: Ended | null = null;
    const look = async (): Promise<Member | Response> => {
      const who = await authenticate(request);
      if (who && "roles" in who) return who;
      ended = who;
      const { formerly: _, ...why } = who ?? {};
      return json(401, { message: "Sign in first: the shape belongs to a session.", ...why });
    };
    const who = await look();
    const answer = who instanceof Response ? who : await shapes.fetch(request, who, look, since);
    return audit({ request, requestId, member: who instanceof Response ? null : who, ended }, answer);
  });
  return route;
}
