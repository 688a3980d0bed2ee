import { randomUUID } from "node:crypto";
import { call, createRouterClient, ORPCError } from "@orpc/server";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { databaseForTest, type TestDatabase } from "../database/test-database.ts";
import { contextForTest } from "../handlers/context-for-test.ts";
import { memberForTest } from "../handlers/member-for-test.ts";
import { unauthorized } from "../identity/unauthorized.ts";
import { router } from "../http/router.ts";
import { server } from "../http/implementer.ts";
import type { AuditTrail } from "./trail.ts";

const clinic = id("c", 1);
const admin = memberForTest({ clinic: 1, role: "clinic_admin" });

async function office() {
  const database = await databaseForTest();
  const world = madeUp(5, 60);
  await load(database.system, world);
  const as = (member: Member | null, more: Partial<ReturnType<typeof contextForTest>> = {}) =>
    createRouterClient(router, { context: { ...contextForTest(database, member), ...more } });
  const own = world.calls.filter((c) => c.clinic_id === clinic);
  return { database, as, own };
}
const linesOf = async ({ owner }: Pick<TestDatabase, "owner">) =>
  (
    await owner.query<{
      action: string;
      subject: string;
      subject_id: string | null;
      clinic_id: string | null;
      user_id: string | null;
      session_id: string | null;
      request_id: string | null;
      detail: Record<string, unknown>;
    }>(
      "select action, subject, subject_id, clinic_id, user_id, session_id, request_id, detail from audit_log order by id",
    )
  ).rows;

test("a call that was looked at leaves a line with who, what, where and which record", async () => {
  const { as, own, database } = await office();
  const seen = own[0]?.id ?? "";
  await as(admin).calls.one({ id: seen });
  await as(admin).calls.rawLines({ id: seen });
  const line = {
    action: "view",
    subject_id: seen,
    clinic_id: clinic,
    user_id: admin.userId,
    session_id: admin.sessionId,
    request_id: "test",
  };
  expect(await linesOf(database)).toEqual([
    { ...line, subject: "calls.one", detail: { fields: ["id"] } },
    { ...line, subject: "calls.rawLines", detail: { fields: ["id"], count: 0 } },
  ]);
});

test("a list says how many and by which filters, without their values, and the same question counts once a minute", async () => {
  const { as, database } = await office();
  const client = as(admin);
  const question = { clinicId: clinic, search: "Marsh 2025550143", limit: 7 };
  const { records } = await client.calls.list(question);
  await client.calls.list(question);
  await Promise.all([client.calls.list(question), client.calls.list(question)]);
  await client.calls.list({ ...question, search: "Other" });
  const lines = await linesOf(database);
  expect(lines.map((l) => [l.subject, l.clinic_id, l.subject_id])).toEqual([
    ["calls.list", clinic, null],
    ["calls.list", clinic, null],
  ]);
  expect(lines[0]?.detail).toEqual({ fields: ["clinicId", "search", "limit"], count: records.length });
  expect(JSON.stringify(lines)).not.toMatch(/Marsh|2025550143|Other/);
});

test("calls of two clinics leave a line in each, and of no clinic one under the person's only one", async () => {
  const { as, database } = await office();
  await as(memberForTest({ clinic: 1, role: "manager" }, { clinic: 2, role: "manager" })).calls.list({ limit: 500 });
  await as(admin).calls.list({ search: "nobody has this name" });
  expect((await linesOf(database)).map((l) => l.clinic_id)).toEqual(
    expect.arrayContaining([clinic, clinic, id("c", 2)]),
  );
});

test("a question of figures leaves none", async () => {
  const { as, database } = await office();
  await as(admin).clinics.list();
  await as(admin).today.overview({ clinicId: clinic });
  expect(await linesOf(database)).toEqual([]);
});

test("a refusal is written with its code; a clinic of others is named in the detail and not as the line's own", async () => {
  const { as, database } = await office();
  const viewer = as(memberForTest({ clinic: 1, role: "viewer" }));
  const foreign = randomUUID();
  const record = randomUUID();
  await expect(viewer.people.list({ clinicId: clinic })).rejects.toThrow("administer people");
  await expect(viewer.people.list({ clinicId: foreign })).rejects.toThrow("no such clinic");
  await expect(viewer.calls.one({ id: record })).rejects.toThrow("no such call");
  await expect(viewer.calls.one({ id: record })).rejects.toThrow("no such call");
  const lines = await linesOf(database);
  expect(lines.map((l) => [l.action, l.subject, l.subject_id, l.clinic_id, l.detail])).toEqual([
    ["refused", "people.list", null, clinic, { code: "FORBIDDEN" }],
    ["refused", "people.list", null, null, { code: "NOT_FOUND", clinic: foreign }],
    ["refused", "calls.one", record, null, { code: "NOT_FOUND" }],
  ]);
});

test("a token that is good no more is written under its session; one that only is over, and none at all, are not", async () => {
  const { as, database } = await office();
  const formerly = { sessionId: randomUUID(), userId: randomUUID() };
  const key = new Uint8Array(32);
  const asked = (more: Partial<ReturnType<typeof contextForTest>>) =>
    expect(as(null, more).calls.one({ id: randomUUID() })).rejects.toThrow(ORPCError);
  await asked({
    whyNobody: await unauthorized(key, { is: "refused", reason: "accountDisabled", ...formerly }),
    formerly,
  });
  await asked({ whyNobody: await unauthorized(key, { is: "over" }) });
  await asked({});
  expect(await linesOf(database)).toMatchObject([
    {
      action: "refused",
      subject: "calls.one",
      user_id: formerly.userId,
      session_id: formerly.sessionId,
      detail: { code: "UNAUTHORIZED", reason: "accountDisabled" },
    },
  ]);
});

test("a wrong field is no refusal of access and leaves none", async () => {
  const { as, database } = await office();
  await expect(as(admin).calls.list({ limit: 0 })).rejects.toThrow("Input validation failed");
  expect(await linesOf(database)).toEqual([]);
});

test("a setting is written with old and new, a person by id alone", async () => {
  const { as, database } = await office();
  await as(admin).retention.set({ clinicId: clinic, subject: "calls", days: 365 });
  await as(admin).locations.add({ clinicId: clinic, name: "North wing" });
  const [days, location] = await linesOf(database);
  expect(days).toMatchObject({
    action: "configure",
    subject: "retention.set",
    subject_id: "calls",
    clinic_id: clinic,
    detail: { days: 365, old: 2555 },
  });
  expect(location).toMatchObject({
    subject: "locations.add",
    detail: { fields: ["clinicId", "name"], clinicId: clinic },
  });
  expect(location?.subject_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(location)).not.toContain("North wing");
});

test("a line that the handler wrote in its transaction is the only one, and goes with the transaction", async () => {
  const { database } = await office();
  const context = contextForTest(database, admin);
  const change = (fail: boolean) =>
    server.retention.set.handler(({ context, input }) =>
      context.system.transaction().execute(async (tx) => {
        await context.note.write(tx, { detail: { old: 1 } });
        if (fail) throw new Error("after the line");
        return { days: input.days };
      }),
    );
  const input = { clinicId: clinic, subject: "calls", days: 99 } as const;
  await expect(call(change(true), input, { context })).rejects.toThrow("after the line");
  expect(await linesOf(database)).toEqual([]);
  await call(change(false), input, { context });
  expect(await linesOf(database)).toMatchObject([{ subject: "retention.set", clinic_id: clinic, detail: { old: 1 } }]);
});

test("without its line a view is not answered, also not to a second one who asks the same", async () => {
  const { as, own, database } = await office();
  const broken: AuditTrail = {
    write: () => Promise.reject(new Error("disk full")),
    once: () => Promise.reject(new Error("disk full")),
  };
  const record = own[0]?.id ?? "";
  await expect(as(admin, { audit: broken }).calls.one({ id: record })).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
  });
  // What is refused is refused all the same.
  await expect(as(admin, { audit: broken }).calls.one({ id: randomUUID() })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await database.owner.query("revoke insert on audit_log from careboard_server");
  const client = as(admin);
  const both = [client.calls.one({ id: record }), client.calls.one({ id: record })];
  for (const one of both) await expect(one).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await database.owner.query("grant insert on audit_log to careboard_server");
  await client.calls.one({ id: record });
  expect(await linesOf(database)).toHaveLength(1);
});

test("a change whose line can't be written afterwards says that it was made; one with the line in its transaction is not made", async () => {
  const { as, database } = await office();
  await database.owner.query("revoke insert on audit_log from careboard_server");
  const client = as(admin);
  await expect(client.clinics.setServiceLevel({ clinicId: clinic, waitLimitSeconds: 77 })).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    message: expect.stringContaining("This was done") as string,
  });
  await expect(client.retention.set({ clinicId: clinic, subject: "calls", days: 99 })).rejects.toThrow(
    "permission denied",
  );
  await expect(client.locations.add({ clinicId: clinic, name: "North wing" })).rejects.toThrow("permission denied");
  expect((await database.owner.query("select from clinics where wait_limit_seconds = 77")).rowCount).toBe(1);
  expect((await database.owner.query("select from locations where name = 'North wing'")).rowCount).toBe(0);
  expect((await database.owner.query("select from retention_rules")).rowCount).toBe(0);
});
