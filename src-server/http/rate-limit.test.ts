import { Hono } from "hono";
import { expect, test } from "vitest";
import { verbAccess } from "#shared/access/verb-access.ts";
import { addressOf } from "./address-of.ts";
import { limitRequests } from "./limit-requests.ts";
import { isSignIn, rateLimits } from "./rate-limit.ts";
import { serverVerbs } from "./server-verbs.ts";

test("every open verb but refresh, the list of providers and a receipt is counted as a step of signing in, by both doors", () => {
  const usual = new Set(["session.refresh", "session.providers", "session.receipt"]);
  for (const { verb, method, path } of serverVerbs) {
    const counted = verbAccess[verb].need === "open" && !usual.has(verb);
    expect([verb, isSignIn(method, `/api${path.replace(/\{\w+\}/g, "google")}`)]).toEqual([verb, counted]);
    expect([verb, isSignIn("POST", `/rpc/${verb.replace(".", "/")}`)]).toEqual([verb, counted]);
  }
});

/** An app whose every request costs one, asked from an address that its proxy names. */
function limitedApp(limits: Parameters<typeof rateLimits>[0], trustProxy = true) {
  const app = new Hono<{ Variables: { requestId: string } }>();
  app.use(limitRequests(rateLimits(limits), trustProxy));
  app.all("*", (c) => c.text("done"));
  return (path: string, forwarded: string, method = "POST") =>
    app.request(path, { method, headers: { "x-forwarded-for": forwarded } });
}

test("an address is refused with the time to wait, and another one is not", async () => {
  const ask = limitedApp({ signIn: 3 });
  for (let i = 0; i < 3; i++) expect((await ask("/api/session", "192.0.2.1")).status).toBe(200);
  const refused = await ask("/api/session", "192.0.2.1");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ success: false, error: { code: "TOO_MANY_REQUESTS" } });
  const rpc = await ask("/rpc/session/signIn", "192.0.2.1");
  expect(await rpc.json()).toMatchObject({ json: { code: "TOO_MANY_REQUESTS", data: { retryAfter: expect.any(Number) as number } } }); // prettier-ignore
  expect((await ask("/api/session", "192.0.2.2")).status).toBe(200);
  expect((await ask("/api/clinics", "192.0.2.1", "GET")).status).toBe(200);
});

test("a network of version 6 counts as one, shapes and webhooks are not counted", async () => {
  const ask = limitedApp({ address: 2 });
  expect((await ask("/api/clinics", "2001:db8:1:2::1")).status).toBe(200);
  expect((await ask("/api/clinics", "2001:db8:1:2:ffff::9")).status).toBe(200);
  expect((await ask("/api/clinics", "2001:db8:1:2:0:0:7:7")).status).toBe(429);
  expect((await ask("/api/clinics", "2001:db8:1:3::1")).status).toBe(200);
  for (let i = 0; i < 5; i++) {
    expect((await ask("/v1/shape?table=calls", "2001:db8:1:2::1", "GET")).status).toBe(200);
    expect((await ask("/api/3cx/cdr-webhook", "2001:db8:1:2::1")).status).toBe(200);
  }
});

test("only a trusted proxy says where a request comes from, and only by the entry it added itself", async () => {
  const app = new Hono();
  app.get("/trusted", (c) => c.text(addressOf(c, true)));
  app.get("/not", (c) => c.text(addressOf(c, false)));
  const ask = async (path: string, forwarded?: string) =>
    (await app.request(path, forwarded ? { headers: { "x-forwarded-for": forwarded } } : {})).text();
  expect(await ask("/trusted", "203.0.113.9, 192.0.2.1")).toBe("192.0.2.1");
  expect(await ask("/not", "203.0.113.9, 192.0.2.1")).toBe("in process");
  expect(await ask("/trusted")).toBe("in process");
});
