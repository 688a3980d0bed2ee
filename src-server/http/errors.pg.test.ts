import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openHandles } from "../database/handles.ts";
import { password } from "../identity/people-for-test.ts";
import { endSessions } from "../identity/end-sessions.ts";
import { rateLimits } from "./rate-limit.ts";
import { serve } from "../serve.ts";
import { serverForTest } from "./server-for-test.ts";
import { serverVerbs } from "./server-verbs.ts";

const shaped = (code: string) => ({
  success: false,
  error: { code, message: expect.stringMatching(/^[A-Z].*[.:]/) as string, requestId: expect.any(String) as string },
});

test("400: bad fields by name, an unknown filter, and a body that is no JSON", async () => {
  const { ask, send, person, signIn } = await serverForTest();
  const bad = await ask("POST", "/api/session", { body: { email: "robin" } });
  expect(bad.status).toBe(400);
  expect(bad.body).toMatchObject(shaped("BAD_REQUEST"));
  expect(Object.keys(bad.body.error?.fields ?? {}).sort()).toEqual(["email", "password"]);
  const token = await signIn((await person()).email);
  const misspelled = await ask("GET", "/api/call-records?agentID=x", { token });
  expect(misspelled.body.error?.fields).toEqual({ agentID: "There is no such field; check its spelling." });
  for (const body of ["{", '{"email": "robin@otter.example"', "\0"]) {
    const broken = await send("/api/session", {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject(shaped("BAD_REQUEST"));
  }
  const cut = await send("/api/call-records/%E0%A4%A/raw", { token });
  expect([400, 404]).toContain(cut.status);
  expect(await cut.json()).toMatchObject({ success: false });
});

test("401: without a token, with a forged one, and with that of a session that was ended, which says why", async () => {
  const { ask, person, signIn, system } = await serverForTest();
  expect(await ask("GET", "/api/clinics")).toMatchObject({ status: 401, body: shaped("UNAUTHORIZED") });
  const forged = await ask("GET", "/api/clinics", { token: "a.b.c" });
  expect(forged).toMatchObject({ status: 401, body: shaped("UNAUTHORIZED") });
  const robin = await person();
  const token = await signIn(robin.email);
  await endSessions(system, { userId: robin.id }, "sessionEnded");
  const ended = await ask("GET", "/api/clinics", { token });
  expect(ended.status).toBe(401);
  expect(ended.body.error).toMatchObject({
    code: "UNAUTHORIZED",
    reason: "sessionEnded",
    receipt: expect.any(String) as string,
  });
});

test("403, 404 and 409: what is missing, what is another's, and what can't be now", async () => {
  const { ask, person, signIn, organization, other } = await serverForTest();
  const token = await signIn((await person("viewer")).email);
  const denied = await ask("GET", `/api/people?clinicId=${organization.clinics[0]}`, { token });
  expect(denied).toMatchObject({ status: 403, body: shaped("FORBIDDEN") });
  expect(denied.body.error?.message).toContain("administer people");
  const foreign = await ask("GET", `/api/call-records?clinicId=${other.clinics[0]}`, { token });
  const never = await ask("GET", `/api/call-records?clinicId=${randomUUID()}`, { token });
  expect(foreign).toMatchObject({ status: 404, body: shaped("NOT_FOUND") });
  expect(never.body.error?.message).toBe(foreign.body.error?.message);
  const record = await ask("GET", `/api/call-records/${randomUUID()}`, { token });
  expect(record).toMatchObject({ status: 404, body: shaped("NOT_FOUND") });
  const contact = { version: "1", replica: randomUUID(), counter: 0, held: {}, waiting: 0, seenChange: null };
  const conflict = await ask("POST", "/api/session/contact", { token, body: contact });
  expect(conflict).toMatchObject({ status: 409, body: shaped("CONFLICT") });
});

test("404 and 405: what is no address, and what answers to another method", async () => {
  const { ask } = await serverForTest();
  for (const path of ["/api/nothing-here", "/api", "/", "/rest", "/api/clinics/x/y/z", "/v1/shapes", "/api/session/.."])
    expect(await ask("GET", path)).toMatchObject({ status: 404, body: shaped("NOT_FOUND") });
  const wrong: [string, string, string][] = [
    ["PUT", "/api/clinics", "GET"],
    ["PATCH", "/api/session", "POST, GET, DELETE"],
    ["DELETE", `/api/clinics/${randomUUID()}/service-level`, "PUT"],
    ["GET", "/api/3cx/cdr-webhook", "POST"],
    ["POST", "/api/openapi.json", "GET"],
    ["POST", "/api/processing/health-check", "GET"],
    ["POST", "/v1/shape", "GET"],
  ];
  for (const [method, path, allow] of wrong) {
    const answer = await ask(method, path);
    expect(answer).toMatchObject({ status: 405, body: shaped("METHOD_NOT_SUPPORTED") });
    expect(answer.headers.get("allow")).toBe(allow);
  }
});

test("413: too large a body is refused by its announced length and by what comes", async () => {
  const { ask, send } = await serverForTest();
  const body = { email: "robin@otter.example", password: "x".repeat(1_100_000) };
  expect(await ask("POST", "/api/session", { body })).toMatchObject({ status: 413, body: shaped("PAYLOAD_TOO_LARGE") });
  const chunk = new TextEncoder().encode("x".repeat(200_000));
  let left = 10;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
  });
  const init = { method: "POST", body: stream, duplex: "half", headers: { "content-type": "application/json" } };
  const chunked = await send("/api/session", init as RequestInit);
  expect(chunked.status).toBe(413);
  expect(await chunked.json()).toMatchObject(shaped("PAYLOAD_TOO_LARGE"));
});

test("over a real port: a DELETE without a body, and bodies that come in chunks, are answered like any other", async () => {
  const { app, person, signIn } = await serverForTest();
  const http = await serve((request, env) => app.fetch(request, env), { host: "127.0.0.1", port: 0 });
  try {
    const token = await signIn((await person()).email);
    const chunked = (text: string) =>
      ({
        method: "POST",
        duplex: "half",
        headers: { "content-type": "application/json" },
        body: new Blob([text]).stream(),
      }) as RequestInit;
    const wrong = await fetch(`${http.url}/api/session`, chunked('{"email":"robin@otter.example","password":"no"}'));
    expect(wrong.status).toBe(401);
    expect((await fetch(`${http.url}/api/session`, chunked(" ".repeat(1_100_000)))).status).toBe(413);
    const headers = { authorization: `Bearer ${token}` };
    const out = await fetch(`${http.url}/api/session`, { method: "DELETE", headers });
    expect(await out.json()).toEqual({ success: true, data: { ended: true } });
  } finally {
    await http.close();
  }
});

test("400: text that can't be kept is the request's fault, and no fault of the server", async () => {
  const { ask, person, signIn, organization } = await serverForTest();
  const token = await signIn((await person("superadmin")).email);
  const [clinicId] = organization.clinics;
  const named = await ask("POST", "/api/locations", { token, body: { clinicId, name: "No\0rth" } });
  expect(named).toMatchObject({ status: 400, body: shaped("BAD_REQUEST") });
  const device = { id: randomUUID(), name: "Desk", platform: "linux", version: "1" };
  const { email } = await person();
  const desk = await ask("POST", "/api/session", { body: { email, password, device } });
  const contact = { version: "1", replica: randomUUID(), counter: 0, waiting: 0, seenChange: null };
  for (const shape of ["\0", "\ud800"]) {
    const body = { ...contact, held: { [shape]: 1 } };
    const half = await ask("POST", "/api/session/contact", { token: String(desk.body.data?.accessToken), body });
    expect(half).toMatchObject({ status: 400, body: shaped("BAD_REQUEST") });
  }
  for (const from of ["0000-01-01T00:00:00Z", "2026-01-01T00:00:00%2B23:00", "9999-12-31T23:59:59-15:00"]) {
    const found = await ask("GET", `/api/audit?clinicId=${clinicId}&from=${from}`, { token });
    expect(found).toMatchObject({ status: 400, body: shaped("BAD_REQUEST") });
    expect(Object.keys(found.body.error?.fields ?? {})).toEqual(["from"]);
  }
});

test("429: with how long to wait, over REST and over RPC", async () => {
  const { ask, send, owner } = await serverForTest({ limits: rateLimits({ signIn: 1, address: 4 }) });
  const body = { email: "robin@otter.example", password: "wrong" };
  expect((await ask("POST", "/api/session", { body })).status).toBe(401);
  const many = await ask("POST", "/api/session", { body });
  expect(many).toMatchObject({ status: 429, body: shaped("TOO_MANY_REQUESTS") });
  expect(Number(many.headers.get("retry-after"))).toBeGreaterThan(0);
  await ask("GET", "/api/clinics");
  await ask("GET", "/api/clinics");
  const rpc = await send("/rpc/clinics/list", { method: "POST" });
  expect(rpc.status).toBe(429);
  expect(Number(rpc.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await rpc.json()).toMatchObject({ json: { code: "TOO_MANY_REQUESTS", status: 429 } });
  await expect
    .poll(
      async () =>
        (await owner.query("select from audit_log where action = 'refused' and subject = 'session'")).rowCount,
    )
    .toBe(1);
});

test("500 says nothing of the inside, wherever it happens", async () => {
  const { ask, send, person, signIn, owner } = await serverForTest({
    health: () => Promise.reject(new Error("column secret of table secrets")),
  });
  const token = await signIn((await person("manager")).email);
  await owner.query("alter table locations rename to hidden_locations");
  const answers = [await ask("GET", "/api/directory", { token }), await ask("GET", "/api/processing/health-check")];
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 500, body: shaped("INTERNAL_SERVER_ERROR") });
    expect(answer.body.error?.message).toContain(answer.body.error?.requestId);
    expect(JSON.stringify(answer.body)).not.toMatch(/location|relation|column|secret|stack/i);
  }
  const rpc = await send("/rpc/clinics/directory", {
    method: "POST",
    token,
    body: '{"json":{}}',
    headers: { "content-type": "application/json" },
  });
  expect(rpc.status).toBe(500);
  expect(await rpc.text()).not.toMatch(/location|relation|column|stack/i);
});

test("503 where the database can't be reached", async () => {
  const { end, ...nowhere } = openHandles("postgresql://nobody:x@127.0.0.1:1/nowhere");
  const { ask, signIn, person, identity } = await serverForTest();
  const token = await signIn((await person()).email);
  const { ask: askCut } = await serverForTest({ ...nowhere, identity: { ...identity, db: nowhere.system } });
  const answer = await askCut("GET", "/api/clinics", { token });
  expect(answer).toMatchObject({ status: 503, body: shaped("SERVICE_UNAVAILABLE") });
  expect(answer.headers.get("retry-after")).toBe("5");
  expect((await ask("GET", "/api/clinics", { token })).status).toBe(200);
  await end();
});

test("what the mounted doors refuse has the request's number, and an unsigned delivery leaves a line", async () => {
  const { send, ask, owner } = await serverForTest();
  const unsigned = await ask("POST", "/api/3cx/cdr-webhook", { body: {} });
  expect(unsigned).toMatchObject({ status: 401, body: shaped("UNAUTHORIZED") });
  expect(unsigned.headers.get("x-request-id")).toBe(unsigned.body.error?.requestId);
  const shape = await send("/v1/shape?table=x");
  expect(shape.status).toBe(400);
  expect(shape.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  const { rows } = await owner.query<{ detail: unknown }>(
    "select detail from audit_log where subject = 'telephony.cdrWebhook'",
  );
  expect(rows).toEqual([{ detail: { code: "UNAUTHORIZED", reason: "unknown source" } }]);
});

test("every answer forbids to sniff, frame, cache and read it elsewhere; strict transport only under https", async () => {
  const plain = await serverForTest();
  const paths = [
    "/api/clinics",
    "/api/openapi.json",
    "/api/processing/health-check",
    "/v1/shape",
    "/rpc/clinics/list",
    "/x",
  ];
  for (const path of paths) {
    const { headers } = await plain.send(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()") as string,
      "x-request-id": expect.any(String) as string,
    });
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.has("strict-transport-security")).toBe(false);
  }
  const safe = await serverForTest({ publicUrl: "https://careboard.example" });
  expect((await safe.send("/x")).headers.get("strict-transport-security")).toContain("max-age=31536000");
});

test("every REST path of the contract answers in the one shape to who is not signed in, or asks for its fields", async () => {
  const { ask } = await serverForTest();
  for (const { method, path, verb } of serverVerbs.filter((v) => v.verb !== "session.providers")) {
    const address = `/api${path.replace(/\{\w+\}/g, randomUUID())}`;
    const { status, body } = await ask(method, address, method === "GET" ? {} : { body: {} });
    expect([verb, body]).toMatchObject([verb, shaped(status === 400 ? "BAD_REQUEST" : "UNAUTHORIZED")]);
  }
});
