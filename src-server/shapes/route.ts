import { Hono } from "hono";
import type { Member } from "#shared/access/member.ts";
import type { Shapes } from "./create-shapes.ts";
import { json } from "./messages.ts";

type Options = {
  shapes: Pick<Shapes, "fetch">;
  /** Whom the request's token belongs to; null when nobody is signed in with it. */
  authenticate: (request: Request) => Promise<Member | null>;
};

/** `/v1/shape`, as the official client asks it. What a request says beside the table's name and its place in the log is ignored. */
export function shapesRoute({ shapes, authenticate }: Options): Hono {
  const route = new Hono();
  route.get("/v1/shape", async (context) => {
    const request = context.req.raw;
    const who = await authenticate(request);
    if (!who) return json(401, { message: "Sign in first: the shape belongs to a session." });
    return shapes.fetch(request, who, () => authenticate(request));
  });
  return route;
}
