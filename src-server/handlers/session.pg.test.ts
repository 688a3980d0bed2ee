import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { verbAccess } from "#shared/access/verb-access.ts";
import { rateLimits } from "../http/rate-limit.ts";
import { serverForTest } from "../http/server-for-test.ts";
import { serverVerbs } from "../http/server-verbs.ts";
import { password } from "../identity/people-for-test.ts";
import { signToken } from "../identity/token.ts";
import { serve } from "../serve.ts";

test("a session over REST: in, refreshed, the password changed, out; and what is open needs no token", async () => {
  const told: string[] = [];
  const { ask, person } = await serverForTest({ accessChanged: (userId) => void told.push(userId) });
  const robin = await person();
  const begun = await ask("POST", "/api/session", { body: { email: robin.email, password } });
  expect(begun.body.data).toMatchObject({ step: "signedIn", person: { id: robin.id, kind: "person" } });
  const refreshed = await ask("POST", "/api/session/refresh", {
    body: { refreshToken: begun.body.data?.refreshToken },
  });
  const token = String(refreshed.body.data?.accessToken);
  const weak = await ask("PUT", "/api/session/password", { token, body: { current: password, next: "password" } });
  expect([weak.status, Object.keys(weak.body.error?.fields ?? {})]).toEqual([400, ["next"]]);
  const next = "brisk velvet tundra spoons";
  expect((await ask("PUT", "/api/session/password", { token, body: { current: password, next } })).status).toBe(200);
  expect((await ask("DELETE", "/api/session", { token })).status).toBe(200);
  // Both end sessions: what waits under them looks again.
  expect(told).toEqual([robin.id, robin.id]);
  const after = await ask("GET", "/api/session", { token });
  expect([after.status, after.body.error?.reason]).toEqual([401, "signedOut"]);
  expect((await ask("GET", "/api/session/providers")).body.data).toEqual([]);
  const provider = { challenge: "c".repeat(43), port: 51234 };
  expect((await ask("POST", "/api/session/providers/google", { body: provider })).status).toBe(404);
});

test("a role that ends by the clock is none at the very next request", async () => {
  const { ask, person, signIn, system } = await serverForTest();
  const robin = await person("clinic_admin");
  const token = await signIn(robin.email);
  const people = async () => (await ask("GET", "/api/clinics", { token })).body.data;
  expect(await people()).toHaveLength(1);
  await system
    .updateTable("user_clinic_roles")
    .set({ valid_until: sql`now()` })
    .execute();
  expect(await people()).toHaveLength(0);
});

test("a locked account is answered 429 with the time to wait, in the header and over RPC in the refusal too", async () => {
  const { ask, send, person, system } = await serverForTest();
  const { email } = await person();
  for (let i = 0; i < 5; i++)
    expect((await ask("POST", "/api/session", { body: { email, password: "wrong" } })).status).toBe(401);
  await system
    .updateTable("sign_in_failures")
    .set({ locked_until: sql`now() + interval '1 hour'` })
    .execute();
  const rest = await ask("POST", "/api/session", { body: { email, password } });
  expect([rest.status, rest.body.error?.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
  expect(Number(rest.headers.get("retry-after"))).toBeGreaterThan(3500);
  const rpc = await send("/rpc/session/signIn", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ json: { email, password } }),
  });
  expect(Number(rpc.headers.get("retry-after"))).toBeGreaterThan(3500);
  expect(await rpc.json()).toMatchObject({ json: { code: "TOO_MANY_REQUESTS", data: { retryAfter: expect.any(Number) as number } } }); // prettier-ignore
});

test("an access token whose ten minutes are over asks for new ones; a disabled person's says so, with a receipt's token", async () => {
  const { ask, person, identity, system } = await serverForTest();
  const robin = await person();
  const begun = await ask("POST", "/api/session", { body: { email: robin.email, password } });
  const { sessionId, accessToken } = begun.body.data as { sessionId: string; accessToken: string };
  const old = await signToken(identity.keys.token, "access", sessionId, new Date(Date.now() - 1000));
  expect((await ask("GET", "/api/session", { token: old })).body.error).toMatchObject({ reason: "expired" });
  await system.updateTable("users").set({ active: false }).execute();
  const refused = await ask("GET", "/api/session", { token: accessToken });
  expect(refused.body.error).toMatchObject({ reason: "accountDisabled", receipt: expect.any(String) as string });
});

test("one person's requests are limited on all their desks together, and nobody else's", async () => {
  const { ask, person, signIn } = await serverForTest({ limits: rateLimits({ person: 3 }) });
  const [robin, sam] = [await person(), await person()];
  const [first, second] = [await signIn(robin.email), await signIn(robin.email)];
  const status = async (token: string) => (await ask("GET", "/api/session", { token })).status;
  expect([await status(first), await status(second), await status(first)]).toEqual([200, 200, 200]);
  expect(await status(second)).toBe(429);
  expect(await status(await signIn(sam.email))).toBe(200);
});

test("over a real connection the address is the socket's: what X-Forwarded-For says is nobody's word", async () => {
  const { app } = await serverForTest({ limits: rateLimits({ signIn: 2 }) });
  const http = await serve((request, env) => app.fetch(request, env), { host: "127.0.0.1", port: 0 });
  onTestFinished(http.close);
  const tried = async (forwarded: string) => {
    const response = await fetch(`${http.url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": forwarded },
      body: JSON.stringify({ email: "nobody@otter.example", password: "wrong" }),
    });
    return response.status;
  };
  expect([await tried("192.0.2.1"), await tried("192.0.2.2"), await tried("192.0.2.3")]).toEqual([401, 401, 429]);
});

test("the OpenAPI document says of exactly the open verbs that they need no token", async () => {
  const { ask } = await serverForTest();
  const { body } = await ask("GET", "/api/openapi.json");
  const { paths } = body as unknown as { paths: Record<string, Record<string, { security?: unknown[] }>> };
  for (const { verb, method, path } of serverVerbs)
    expect([verb, paths[`/api${path}`]?.[method.toLowerCase()]?.security?.length === 0]).toEqual([
      verb,
      verbAccess[verb].need === "open",
    ]);
});
