import { randomBytes, randomUUID } from "node:crypto";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createTrail } from "../audit/trail.ts";
import { databaseForTest } from "../database/test-database.ts";
import { createIdentity } from "../identity/identity.ts";
import { deriveKeys } from "../identity/identity-keys.ts";
import { hashPassword } from "../identity/password.ts";
import { createApp } from "./app.ts";

/** A server in process with one clinic and one supervisor, asked by `fetch` alone. */
async function clinicServer() {
  const { db, system, systemPool } = await databaseForTest();
  const [organization, clinic, user] = [randomUUID(), randomUUID(), randomUUID()];
  await system.insertInto("organizations").values({ id: organization, slug: "o", name: "Org" }).execute();
  await system
    .insertInto("clinics")
    .values({ id: clinic, organization_id: organization, slug: "c", name: "Clinic", time_zone: "America/New_York" })
    .execute();
  await system
    .insertInto("users")
    .values({ id: user, organization_id: organization, email: "Sam@clinic.example", display_name: "Sam" })
    .execute();
  await system
    .insertInto("user_credentials")
    .values({ user_id: user, password_hash: await hashPassword("correct horse") })
    .execute();
  await system
    .insertInto("user_clinic_roles")
    .values({ id: randomUUID(), user_id: user, clinic_id: clinic, role: "supervisor" })
    .execute();
  const app = createApp({
    db,
    system,
    systemPool,
    identity: createIdentity({ db: system, keys: deriveKeys(randomBytes(32), randomBytes(32)) }),
    audit: createTrail(system),
    log: pino({ level: "silent" }),
    version: "test",
    mount: [],
    health: async () => ({ status: "ok" }),
  });
  const ask = async (method: string, path: string, options: { body?: unknown; token?: string } = {}) => {
    const response = await app.request(path, {
      method,
      headers: {
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
  };
  return { ask, system, user };
}
type Answer = {
  success: boolean;
  data: { accessToken: string; person: { email: string }; email: string };
  error: { code: string; message: string; fields?: Record<string, string>; requestId: string };
};
const credentials = { email: "sam@clinic.example", password: "correct horse" };

test("a session begins with the right password, whatever the case of the address, and ends by signing out", async () => {
  const { ask } = await clinicServer();
  const signedIn = await ask("POST", "/api/session", { body: credentials });
  expect(signedIn.status).toBe(200);
  expect(signedIn.body.success).toBe(true);
  const { accessToken: token } = signedIn.body.data;
  const who = await ask("GET", "/api/session", { token });
  expect(who.body.data.email).toBe("Sam@clinic.example");
  expect((await ask("DELETE", "/api/session", { token })).status).toBe(200);
  expect((await ask("GET", "/api/session", { token })).status).toBe(401);
});

test("a wrong password and an unknown address are refused alike", async () => {
  const { ask } = await clinicServer();
  const wrong = await ask("POST", "/api/session", { body: { ...credentials, password: "wrong" } });
  const unknown = await ask("POST", "/api/session", { body: { ...credentials, email: "nobody@clinic.example" } });
  expect(wrong.status).toBe(401);
  expect(unknown.status).toBe(401);
  expect(unknown.body.error.message).toBe(wrong.body.error.message);
});

test("a forged token, another server's token and a disabled person are nobody", async () => {
  const { ask, system, user } = await clinicServer();
  const other = await clinicServer();
  const foreign = (await other.ask("POST", "/api/session", { body: credentials })).body.data.accessToken;
  const own = (await ask("POST", "/api/session", { body: credentials })).body.data.accessToken;
  expect((await ask("GET", "/api/session", { token: foreign })).status).toBe(401);
  expect((await ask("GET", "/api/session", { token: `${own.slice(0, -3)}AAA` })).status).toBe(401);
  expect((await ask("GET", "/api/session", { token: own })).status).toBe(200);
  await system.updateTable("users").set({ active: false }).where("id", "=", user).execute();
  expect((await ask("GET", "/api/session", { token: own })).status).toBe(401);
});

test("a bad input names its fields; an unknown address and a huge body are refused in the same shape", async () => {
  const { ask } = await clinicServer();
  const bad = await ask("POST", "/api/session", { body: { email: "sam" } });
  expect(bad.status).toBe(400);
  expect(bad.body).toMatchObject({ success: false, error: { code: "BAD_REQUEST" } });
  expect(Object.keys(bad.body.error.fields ?? {}).sort()).toEqual(["email", "password"]);
  expect(bad.headers.get("x-request-id")).toBe(bad.body.error.requestId);
  expect((await ask("GET", "/api/nothing-here")).body.error.code).toBe("NOT_FOUND");
  const huge = await ask("POST", "/api/session", { body: { email: "a@b.example", password: "x".repeat(1_100_000) } });
  expect(huge.status).toBe(413);
  expect(huge.body.error.code).toBe("PAYLOAD_TOO_LARGE");
});

test("the OpenAPI document names every REST path and its envelope", async () => {
  const { ask } = await clinicServer();
  const document = (await ask("GET", "/api/openapi.json")).body as unknown as { paths: Record<string, object> };
  for (const path of [
    "/api/session",
    "/api/clinics",
    "/api/call-records",
    "/api/call-records/{id}",
    "/api/reports/call-analytics",
    "/api/3cx/cdr-webhook",
  ])
    expect(document.paths).toHaveProperty([path]);
  expect(JSON.stringify(document.paths["/api/clinics"])).toContain('"success":{"const":true}');
});
