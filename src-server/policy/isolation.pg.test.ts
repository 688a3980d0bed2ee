import { randomBytes, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberMay } from "#shared/access/member.ts";
import { role } from "#shared/access/role.ts";
import { shapesOf } from "#shared/access/shapes-of.ts";
import { tableAccess } from "#shared/access/table-access.ts";
import { type ServerVerb, verbAccess } from "#shared/access/verb-access.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { must } from "#shared/kit/must.ts";
import { clinicAsked } from "../http/clinic-asked.ts";
import { signToken } from "../identity/token.ts";
import { type Answer, isolatedServer, verbs } from "./isolated-server.ts";
import { type Ids, idsOf, inputs } from "./isolation-inputs.ts";
import { type MarkedOrganization, markedOrganization, type MarkedPerson } from "./marked-world.ts";

// Two organizations full of marked rows on one server, asked over HTTP by everybody for everything, also for what isn't theirs.

/** What can't succeed for somebody who has nothing but a session: what it takes is proved in src-server/identity. */
const stays = (verb: ServerVerb) =>
  ["signIn", "secondFactor", "newPassword", "refresh", "providerStart", "providerFinish", "changePassword"].some(
    (name) => verb === `session.${name}`,
  );

type Server = Awaited<ReturnType<typeof isolatedServer>>;
let server: Server;
let north: MarkedOrganization;
let south: MarkedOrganization;
/** Every id of an organization's rows. */
const ids = new Map<MarkedOrganization, Set<string>>();
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

beforeAll(async () => {
  server = await isolatedServer();
  const { owner } = server.database;
  north = await markedOrganization(owner, "north7f3");
  south = await markedOrganization(owner, "south9c1");
  await server.start();
  const [ofNorth, ofSouth] = [await rowsOf(north), await rowsOf(south)];
  const held = (rows: string[]) => new Set(rows.join(" ").match(uuid));
  ids.set(north, held(ofNorth));
  ids.set(south, held(ofSouth));
});
afterAll(() => server.stop());

/** Every row that names an organization or anything of it, but audit lines: those say what was tried. */
async function rowsOf(of: MarkedOrganization): Promise<string[]> {
  const { owner } = server.database;
  const own = new Set([of.id, ...of.clinics.map((c) => c.id), ...of.people.map((p) => p.member.userId)]);
  const found: string[] = [];
  for (const name of Object.keys(tableAccess).filter((table) => table !== "audit_log"))
    for (const { row } of (await owner.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)).rows)
      if (row.includes(of.mark) || (row.match(uuid) ?? []).some((one) => own.has(one))) found.push(`${name} ${row}`);
  return found.sort();
}

const pairs = () => [[north, south] as const, [south, north] as const];
const listed = [...verbs.keys()];
/** One of each role, who has it in the first clinic. */
const inEachRole = (of: MarkedOrganization): MarkedPerson[] =>
  of.people.filter((p) => role.options.some((r) => r === p.name));
const severalThings = ["administrator and viewer", "board and manager", "of no clinic"];
const asking = (of: MarkedOrganization): MarkedPerson[] => [
  ...inEachRole(of),
  ...of.people.filter((p) => severalThings.includes(p.name)),
];

const triedBefore = new Set<string>();

/** What of the other organization stands in an answer: its mark, or an id that was not in the question. */
function leaked({ text, input }: Answer & { input: unknown }, other: MarkedOrganization, verb: ServerVerb): string[] {
  // The audit log tells an administrator what their people tried, foreign ids included.
  const told = verb.startsWith("audit.") ? triedBefore : new Set<string>();
  const given = new Set(JSON.stringify(input ?? null).match(uuid));
  for (const one of given) triedBefore.add(one);
  const theirs = must(ids.get(other), "the ids");
  return [
    ...(text.includes(other.mark) ? [other.mark] : []),
    ...(text.match(uuid) ?? []).filter((one) => theirs.has(one) && !given.has(one) && !told.has(one)),
  ];
}

/** Through both doors, each with a session and an input of its own. */
async function askAll(person: MarkedPerson, verb: ServerVerb, given: Ids): Promise<(Answer & { input: unknown })[]> {
  const asked = async (ask: Server["rpc"]) => {
    const input = inputs[verb](given);
    return { ...(await ask(await server.tokenOf(person.member), verb, input)), input };
  };
  return [await asked(server.rpc), await asked(server.rest)];
}

test("every verb of the contract is asked", () => {
  expect(listed.toSorted()).toEqual(Object.keys(inputs).sort());
});

/** Before there is a session nobody is anything: what is open is asked once. */
const askersOf = (verb: ServerVerb, of: MarkedOrganization): MarkedPerson[] =>
  verbAccess[verb].need === "open" ? asking(of).slice(0, 1) : asking(of);

/** Whether a verb's input says anything of these ids. */
const namesIds = (verb: ServerVerb, given: Ids): boolean => {
  const named = new Set(JSON.stringify(inputs[verb](given) ?? null).match(uuid));
  return Object.values(given).some((one) => named.has(one));
};

async function mustNotLeak(
  person: MarkedPerson,
  verb: ServerVerb,
  given: Ids,
  other: MarkedOrganization,
): Promise<void> {
  for (const answer of await askAll(person, verb, given)) {
    const told = { name: person.name, verb, given };
    expect({ ...told, leaked: leaked(answer, other, verb) }).toEqual({ ...told, leaked: [] });
    expect({ ...told, text: answer.status >= 500 ? answer.text : "" }).toEqual({ ...told, text: "" });
  }
}

test("with another organization's ids nothing of it is shown and nothing of it changes", async () => {
  for (const [own, other] of pairs()) {
    const before = await rowsOf(other);
    const [ours, theirs] = [idsOf(own), idsOf(other)];
    // All ids foreign; and a clinic, record or person of one's own beside what is foreign.
    const mixed: Ids[] = [
      theirs,
      { ...theirs, clinicId: ours.clinicId, sourceId: ours.sourceId, userId: ours.userId },
      { ...ours, agentId: theirs.agentId, locationId: theirs.locationId, userId: theirs.userId, callId: theirs.callId, queueId: theirs.queueId },
    ]; // prettier-ignore
    for (const verb of listed) {
      const people = askersOf(verb, own);
      const given = namesIds(verb, theirs) ? mixed : [theirs];
      await Promise.all(people.flatMap((person) => given.map((ids) => mustNotLeak(person, verb, ids, other))));
    }
    expect(await rowsOf(other)).toEqual(before);
  }
  // Nor does anybody write into another organization's audit log.
  const { rows: astray } = await server.database.owner.query(
    "select * from audit_log a join clinics c on c.id = a.clinic_id where c.organization_id is distinct from a.organization_id",
  );
  expect(astray).toEqual([]);
}, 300_000);

test("another organization's clinic is not there, whatever is asked of it", async () => {
  for (const [own, other] of pairs())
    for (const person of inEachRole(own))
      for (const verb of listed) {
        if (clinicAsked(inputs[verb](idsOf(other))) === null) continue;
        const statuses = (await askAll(person, verb, idsOf(other))).map(({ status }) => status);
        expect({ role: person.name, verb, statuses }).toEqual({ role: person.name, verb, statuses: [404, 404] });
      }
}, 120_000);

test("a verb is refused to a role exactly where the one table says so", async () => {
  const wrong: unknown[] = [];
  for (const own of [north, south])
    for (const person of inEachRole(own))
      for (const verb of listed) {
        const { need } = verbAccess[verb];
        if (need === "open" && person.name !== role.options[0]) continue;
        const clinic = clinicAsked(inputs[verb](idsOf(own))) ?? undefined;
        const may = typeof need === "string" || need.some((permission) => memberMay(person.member, permission, clinic));
        const answers = await askAll(person, verb, idsOf(own));
        const done = answers.every(({ status }) => status === 200);
        const forbidden = answers.map(({ status }) => status === 403);
        const asSaid = forbidden.every((one) => one === !may) && done === (may && !stays(verb));
        if (!asSaid) wrong.push({ role: person.name, verb, may, answers });
      }
  expect(wrong).toEqual([]);
}, 300_000);

test("every shape is one's own, whatever the request says besides the table's name", async () => {
  for (const [own, other] of pairs()) {
    const [clinic] = other.clinics;
    const forged = {
      where: `clinic_id = '${clinic.id}' or true`,
      "params[1]": clinic.id,
      columns: "id,patient_mrn,caller_number,display_name",
      clinicId: clinic.id,
      organization_id: other.id,
    };
    for (const person of asking(own))
      for (const table of shapeName.options) {
        const plain = await server.shape(await server.tokenOf(person.member), { table });
        const told = await server.shape(await server.tokenOf(person.member), { table, ...forged });
        const found = { ...told, input: null };
        expect({ name: person.name, table, leaked: leaked(found, other, "sync.shapes") }).toMatchObject({ leaked: [] });
        expect(told.rows).toEqual(plain.rows);
        expect(plain.status).toBe(200);
        // Something is there to be leaked: whoever follows the shape and belongs to a clinic reads marked rows.
        const followed = shapesOf(person.member.roles).includes(table);
        expect(plain.text.includes(own.mark) && !followed).toBe(false);
      }
    const [superadmin] = asking(own);
    const read = await server.shape(await server.tokenOf(must(superadmin, "somebody").member), { table: "calls" });
    expect(read.text).toContain(`${own.mark} caller`);
    for (const table of [
      "users",
      "raw_records",
      "audit_log",
      "pg_authid",
      "public.sessions",
      "call_facts",
      "calls, users",
    ])
      expect((await server.shape(await server.tokenOf(must(superadmin, "somebody").member), { table })).status).toBe(
        400,
      );
  }
}, 120_000);

test("a token that this server didn't give, or gave for something else, or to a session that ended, is nobody's", async () => {
  const { member } = must(north.people[0], "somebody");
  const { keys } = server.identity;
  const hour = new Date(Date.now() + 3_600_000);
  const good = await server.tokenOf(member);
  const session = must(
    JSON.parse(Buffer.from(must(good.split(".")[1], "claims"), "base64url").toString()) as { sub: string },
    "claims",
  ).sub;
  const claims = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url");
  const ended = randomUUID();
  await server.database.system
    .insertInto("sessions")
    .values({
      id: ended,
      user_id: member.userId,
      expires_at: hour.toISOString(),
      ended_at: new Date().toISOString(),
      ended_reason: "sessionEnded",
    })
    .execute();
  const forged = {
    "another key": await signToken(randomBytes(32), "access", session, hour),
    "another purpose": await signToken(keys.token, "ticket", session, hour),
    "its time is over": await signToken(keys.token, "access", session, new Date(Date.now() - 1000)),
    "a session that ended": await signToken(keys.token, "access", ended, hour),
    "no such session": await signToken(keys.token, "access", randomUUID(), hour),
    "a person's id": await signToken(keys.token, "access", member.userId, hour),
    "no signature": `${claims({ alg: "none" })}.${good.split(".")[1]}.`,
    "another issuer": await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setIssuer("other").setAudience("careboard access").setSubject(session).setExpirationTime(hour).sign(keys.token),
    "other claims": `${good.split(".")[0]}.${claims({ iss: "careboard", aud: "careboard access", sub: session, exp: 4e9, organization: south.id })}.${good.split(".")[2]}`,
    "words": "' or true --",
  }; // prettier-ignore
  for (const [why, token] of Object.entries(forged)) {
    for (const verb of listed.filter((v) => verbAccess[v].need !== "open")) {
      const answer = await server.rest(token, verb, inputs[verb](idsOf(north)));
      expect({ why, verb, status: answer.status, leak: answer.text.includes("north7f3") }).toEqual({
        why,
        verb,
        status: 401,
        leak: false,
      });
    }
    expect((await server.shape(token, { table: "calls" })).status).toBe(401);
  }
  expect((await server.rest(good, "clinics.list", undefined)).status).toBe(200);
}, 120_000);

test("nothing of either organization stands in the log", () => {
  const written = server.lines.join("");
  for (const { mark } of [north, south]) expect(written).not.toContain(mark);
});
