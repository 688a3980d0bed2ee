import { randomUUID } from "node:crypto";
import { createRouterClient, ORPCError } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member, MemberRole } from "#shared/access/member.ts";
import { permissions } from "#shared/access/permission.ts";
import { type Role, role } from "#shared/access/role.ts";
import { type ServerVerb, verbAccess } from "#shared/access/verb-access.ts";
import { must } from "#shared/kit/must.ts";
import { type TestDatabase, testDatabase } from "../database/test-database.ts";
import { contextForTest } from "../handlers/context-for-test.ts";
import { router } from "./router.ts";
import { serverVerbs } from "./server-verbs.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.system.insertInto("organizations").values({ id: organization, slug: "o", name: "Otter" }).execute();
  for (const id of [own, also])
    await database.system
      .insertInto("clinics")
      .values({ id, organization_id: organization, slug: id, name: "Otter", time_zone: "Europe/Berlin" })
      .execute();
});
afterAll(() => database.drop());

const organization = randomUUID();
const [own, also, foreign] = [randomUUID(), randomUUID(), randomUUID()];
const memberWith = (...roles: [string, Role][]): Member => ({
  userId: randomUUID(),
  sessionId: randomUUID(),
  deviceId: null,
  organizationId: organization,
  email: "robin@otter.example",
  displayName: "Robin",
  roles: roles.map(([clinicId, role]): MemberRole => ({ clinicId, role, agentId: null, locationIds: [] })),
});

type Call = (input?: unknown) => Promise<unknown>;
/** What becomes of a verb: the refusal, or null where its handler was reached, whatever it made of an input that is mostly wrong. */
async function asked(who: Member | null, verb: ServerVerb, input: unknown): Promise<string | null> {
  const client = createRouterClient(router, { context: contextForTest(database, who) }) as unknown as Record<
    string,
    Record<string, Call>
  >;
  const [room = "", name = ""] = verb.split(".");
  try {
    await must(client[room]?.[name], verb)(input);
    return null;
  } catch (error) {
    if (!(error instanceof ORPCError)) return null;
    if (error.code === "FORBIDDEN") return error.message.includes("does not let you") ? "FORBIDDEN" : null;
    if (error.code === "NOT_FOUND")
      return error.message.includes("no such clinic among yours: choose") ? "NOT_FOUND" : null;
    return error.code === "UNAUTHORIZED" && error.message.startsWith("Sign in first") ? "UNAUTHORIZED" : null;
  }
}
const mayDo = (verb: ServerVerb, role: Role): boolean => {
  const { need } = verbAccess[verb];
  return need === "open" || need === "signedIn" || need.some((p) => (permissions[p] as readonly Role[]).includes(role));
};
const verbs = serverVerbs.map((v) => v.verb);
const guarded = verbs.filter((verb) => verbAccess[verb].need !== "open");

test("every verb of the server has a route and a line in the table", () => {
  expect(verbs.length).toBeGreaterThan(45);
  expect(verbs.filter((verb) => !(verb in verbAccess))).toEqual([]);
});

test.each(role.options)("a %s reaches exactly the verbs that the table gives this role in its clinic", async (role) => {
  const who = memberWith([own, role]);
  for (const verb of verbs)
    expect(`${verb} ${await asked(who, verb, { clinicId: own })}`).toBe(
      `${verb} ${mayDo(verb, role) ? null : "FORBIDDEN"}`,
    );
});

test.each(role.options)("a %s without a clinic in the question is measured by any clinic of theirs", async (role) => {
  const who = memberWith([own, "provider"], [also, role]);
  for (const verb of verbs)
    expect(`${verb} ${await asked(who, verb, {})}`).toBe(
      `${verb} ${mayDo(verb, role) || mayDo(verb, "provider") ? null : "FORBIDDEN"}`,
    );
});

test("what a person may in one clinic counts for nothing in another of theirs", async () => {
  const who = memberWith([own, "clinic_admin"], [also, "viewer"]);
  expect(await asked(who, "people.list", { clinicId: own })).toBeNull();
  expect(await asked(who, "people.list", { clinicId: also })).toBe("FORBIDDEN");
  expect(await asked(who, "people.add", { role: { clinicId: also } })).toBe("FORBIDDEN");
  expect(await asked(who, "people.add", { role: { clinicId: foreign } })).toBe("NOT_FOUND");
});

test("another's clinic does not exist, for whichever role and verb, and however its id is written", async () => {
  const who = memberWith([own, "superadmin"]);
  const asking = serverVerbs.filter((v) => v.fields.includes("clinicId") && verbAccess[v.verb].need !== "open");
  expect(asking.length).toBeGreaterThan(20);
  for (const { verb } of asking)
    for (const clinicId of [foreign, foreign.toUpperCase()])
      expect(`${verb} ${await asked(who, verb, { clinicId })}`).toBe(`${verb} NOT_FOUND`);
});

test("without a session only the open verbs answer", async () => {
  for (const verb of verbs)
    expect(`${verb} ${await asked(null, verb, { clinicId: own })}`).toBe(
      `${verb} ${verbAccess[verb].need === "open" ? null : "UNAUTHORIZED"}`,
    );
});

test("a person without any role reaches what takes a session and nothing else", async () => {
  for (const verb of guarded)
    expect(`${verb} ${await asked(memberWith(), verb, {})}`).toBe(
      `${verb} ${verbAccess[verb].need === "signedIn" ? null : "FORBIDDEN"}`,
    );
});

test("a clinic in a field that the verb does not know decides nothing", async () => {
  const admin = memberWith([own, "clinic_admin"]);
  const role = { role: "viewer", agentId: null, active: true, validFrom: null, validUntil: null, locationIds: [] };
  const person = { email: "new@otter.example", displayName: "New" };
  expect(await asked(admin, "people.add", { ...person, clinicId: own, role: { ...role, clinicId: foreign } })).toBe(
    "NOT_FOUND",
  );
  expect(await asked(admin, "devices.setTerms", { clinicId: foreign, role: { clinicId: own } })).toBe("NOT_FOUND");
});
