import { ORPCError } from "@orpc/server";
import { type Context, Hono } from "hono";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { auditFlood } from "../audit/audit-flood.ts";
import { auditWebhook } from "../audit/audit-webhook.ts";
import { addressOf } from "./address-of.ts";
import { allowedMethods } from "./allowed-methods.ts";
import { type ContextDeps, contextOf } from "./context-of.ts";
import { contractDoors } from "./contract-doors.ts";
import { limitBody } from "./limit-body.ts";
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
  mount: (Hono | Hono<Env>)[];
  health: () => Promise<Record<string, unknown>>;
};

const webhookPath = "/api/3cx/cdr-webhook";

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
  app.use(limitRequests(limits, deps.trustProxy ?? false, auditFlood(deps.audit)));
  app.use(webhookPath, auditWebhook(deps.audit, deps.system));
  for (const mounted of deps.mount) app.route("/", mounted as Hono);

  // Made once: it is asked for without a session, and making it costs much.
  let document: ReturnType<typeof openApiDocument> | null = null;
  app.get("/api/openapi.json", async (c) => c.json(await (document ??= openApiDocument(deps.version))));
  // Anybody may ask, and it asks much of the database: those who ask at once share one answer.
  let asked: ReturnType<typeof deps.health> | null = null;
  app.get("/api/processing/health-check", async (c) => {
    asked ??= deps.health().finally(() => (asked = null));
    const health = await asked;
    return c.json({ success: true, data: health }, health.status === "ok" ? 200 : 503);
  });

  const refused = (c: Context, error: ORPCError<string, unknown>, headers?: Record<string, string>) =>
    refuse(error, { path: c.req.path, requestId: (c as Context<Env>).get("requestId") }, headers);
  const limit = limitBody(1_000_000, (c) =>
    refused(c, new ORPCError("PAYLOAD_TOO_LARGE", { message: "The request is over 1 MB: send less at once." })),
  );
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
    if (methods.length === 0 || methods.includes(c.req.method)) return refused(c, noSuchAddress());
    const message = `This address answers to ${methods.join(" and ")}.`;
    return refused(c, new ORPCError("METHOD_NOT_SUPPORTED", { message }), { allow: methods.join(", ") });
  });
  app.onError((error, c) => refused(c, refusal(error, log, c.get("requestId"))));
  return app;
}
