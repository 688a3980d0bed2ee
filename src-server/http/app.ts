import { ORPCError } from "@orpc/server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { addressOf } from "./address-of.ts";
import { allowedMethods } from "./allowed-methods.ts";
import { type ContextDeps, contextOf } from "./context-of.ts";
import { contractDoors } from "./contract-doors.ts";
import { limitRequests } from "./limit-requests.ts";
import { openApiDocument } from "./openapi.ts";
import { type RateLimits, rateLimits } from "./rate-limit.ts";
import { refusal } from "./refusal.ts";
import { noSuchAddress, refuse } from "./refuse.ts";
import { securityHeaders } from "./security-headers.ts";

type Deps = Omit<ContextDeps, "limits"> & {
  limits?: RateLimits;
  log: Logger;
  version: string;
  /** Under which people reach this server; https makes browsers insist on it. */
  publicUrl?: string | undefined;
  /** Whether a proxy in front of this server says where a request comes from. */
  trustProxy?: boolean;
  /** Further doors: the webhook and the shapes, each an app of its own. */
  mount: Hono[];
  health: () => Promise<Record<string, unknown>>;
};

type Env = { Variables: { requestId: string } };

/** The clinic server as one `fetch`: whole-system tests need no port. */
export function createApp(deps: Deps): Hono<Env> {
  const { log, limits = rateLimits() } = deps;
  const app = new Hono<Env>();
  app.use(securityHeaders(deps.publicUrl));
  app.use(async (c, next) => {
    c.set("requestId", randomUUID());
    await next();
    c.header("X-Request-Id", c.get("requestId"));
    if (!c.res.headers.has("cache-control")) c.header("Cache-Control", "private, no-store");
  });
  app.use(limitRequests(limits, deps.trustProxy ?? false));
  for (const mounted of deps.mount) app.route("/", mounted);

  app.get("/api/openapi.json", async (c) => c.json(await openApiDocument(deps.version)));
  app.get("/api/processing/health-check", async (c) => {
    const health = await deps.health();
    return c.json({ success: true, data: health }, health.status === "ok" ? 200 : 503);
  });

  const limit = bodyLimit({
    maxSize: 1_000_000,
    onError: (c) =>
      refuse(
        new ORPCError("PAYLOAD_TOO_LARGE", { message: "The request is over 1 MB: send less at once." }),
        String(c.get("requestId" as never)),
      ),
  });
  const doors = contractDoors(log);
  const context = (c: Context<Env>) =>
    contextOf({ ...deps, limits }, c.req.raw, {
      address: addressOf(c, deps.trustProxy ?? false),
      requestId: c.get("requestId"),
    });
  app.use("/api/*", limit, async (c, next) => {
    // Before anything is asked of the database: what is not there costs nothing.
    if (!allowedMethods(c.req.path).includes(c.req.method)) return next();
    return (await doors.rest(c.req.raw, await context(c))) ?? next();
  });
  app.use("/rpc/*", limit, async (c, next) => {
    const answer = await doors.rpc(c.req.raw, await context(c));
    return answer ?? next();
  });
  app.notFound((c) => {
    const methods = allowedMethods(c.req.path);
    if (methods.length === 0 || methods.includes(c.req.method)) return refuse(noSuchAddress(), c.get("requestId"));
    return refuse(
      new ORPCError("METHOD_NOT_SUPPORTED", { message: `This address answers to ${methods.join(" and ")}.` }),
      c.get("requestId"),
      { allow: methods.join(", ") },
    );
  });
  app.onError((error, c) => refuse(refusal(error, log, c.get("requestId")), c.get("requestId")));
  return app;
}
