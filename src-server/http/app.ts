import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/fetch";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { authenticate } from "../identity/authenticate.ts";
import type { ServerContext } from "./context.ts";
import { openApiDocument } from "./openapi.ts";
import { refusal, refusalBody } from "./refusal.ts";
import { router } from "./router.ts";

type Deps = Pick<ServerContext, "db" | "pool" | "sessionKey"> & {
  log: Logger;
  version: string;
  /** Further doors: the webhook and the shapes, each an app of its own. */
  mount: Hono[];
  health: () => Promise<Record<string, unknown>>;
};

type Env = { Variables: { requestId: string } };

/** The clinic server as one `fetch`: whole-system tests need no port. */
export function createApp(deps: Deps): Hono<Env> {
  const { log } = deps;
  const app = new Hono<Env>();
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      referrerPolicy: "no-referrer",
    }),
  );
  app.use(async (c, next) => {
    c.set("requestId", randomUUID());
    await next();
    c.header("X-Request-Id", c.get("requestId"));
    if (!c.res.headers.has("cache-control")) c.header("Cache-Control", "private, no-store");
  });
  for (const mounted of deps.mount) app.route("/", mounted);

  app.get("/api/openapi.json", async (c) => c.json(await openApiDocument(deps.version)));
  app.get("/api/processing/health-check", async (c) => {
    const health = await deps.health();
    return c.json({ success: true, data: health }, health.status === "ok" ? 200 : 503);
  });

  // A list for each handler: plugins of a handler add to the one they are given.
  const interceptors = () => [
    (call: { next: () => Promise<unknown>; context: ServerContext }) =>
      call.next().catch((error: unknown) => Promise.reject(refusal(error, log, call.context.requestId))),
  ];
  const rest = new OpenAPIHandler(router, {
    clientInterceptors: interceptors(),
    rootInterceptors: [
      async (call) => {
        const result = await call.next();
        if (result.matched && result.response.status < 400)
          result.response.body = { success: true, data: result.response.body };
        return result;
      },
    ],
  });
  const rpc = new RPCHandler(router, { clientInterceptors: interceptors() });

  const refuse = (error: ORPCError<string, unknown>, requestId: string) =>
    Response.json(refusalBody(error, requestId), { status: error.status });
  const limit = bodyLimit({
    maxSize: 1_000_000,
    onError: (c) =>
      refuse(
        new ORPCError("PAYLOAD_TOO_LARGE", { message: "The request is over 1 MB: send less at once." }),
        String(c.get("requestId" as never)),
      ),
  });

  app.use("/api/*", limit, async (c) => {
    const requestId = c.get("requestId");
    const { response } = await rest.handle(c.req.raw, {
      prefix: "/api",
      context: await contextOf(c.req.raw, requestId),
    });
    if (!response)
      return refuse(
        new ORPCError("NOT_FOUND", { message: "There is no such address; see /api/openapi.json." }),
        requestId,
      );
    if (response.status < 400) return response;
    const body = (await response.json().catch(() => ({}))) as { code?: string; message?: string; data?: unknown };
    return refuse(
      new ORPCError(body.code ?? "BAD_REQUEST", {
        status: response.status,
        message: body.message ?? "",
        data: body.data,
      }),
      requestId,
    );
  });
  app.use("/rpc/*", limit, async (c) => {
    const { response } = await rpc.handle(c.req.raw, {
      prefix: "/rpc",
      context: await contextOf(c.req.raw, c.get("requestId")),
    });
    return response ?? c.notFound();
  });
  app.notFound((c) =>
    refuse(
      new ORPCError("NOT_FOUND", { message: "There is no such address; see /api/openapi.json." }),
      c.get("requestId"),
    ),
  );
  app.onError((error, c) => refuse(refusal(error, log, c.get("requestId")), c.get("requestId")));
  return app;

  async function contextOf(request: Request, requestId: string): Promise<ServerContext> {
    return {
      db: deps.db,
      pool: deps.pool,
      sessionKey: deps.sessionKey,
      member: await authenticate(deps, request),
      requestId,
    };
  }
}
