import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { type TestClinic, testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf, type TestEngine } from "./test-engine.ts";

type Call = { id: string; call_id: string; location_id: string | null };
const seen = (held: Call[]) => held.map((r) => r.call_id).sort();

/** A second location of the clinic, and a supervisor of each. */
async function twoLocations(engine: TestEngine) {
  const clinic = await testClinic(engine.pool, "north");
  const other = randomUUID();
  await engine.pool.query("insert into locations values ($1, $2, 'Branch')", [other, clinic.clinic]);
  const supervisor = (locationIds: string[]): Member => {
    const who = testMember(clinic, "supervisor");
    return { ...who, roles: who.roles.map((r) => ({ ...r, locationIds })) };
  };
  return { clinic, other, supervisor };
}
const move = (engine: TestEngine, { clinic }: TestClinic, call: string, to: string | null) =>
  engine.pool.query("update calls set location_id = $1 where call_id = $2 and clinic_id = $3", [to, call, clinic]);

test("a call that moves to another location leaves the one supervisor and reaches the other; without a location it is nobody's of them", async () => {
  const engine = await engineForTest();
  const { clinic, other, supervisor } = await twoLocations(engine);
  await testCalls(engine.pool, clinic, 1, 4);
  const main = engine.stream<Call>(supervisor([clinic.location]), "calls");
  const branch = engine.stream<Call>(supervisor([other]), "calls");
  const both = engine.stream<Call>(supervisor([clinic.location, other]), "calls");
  const whole = engine.stream<Call>(testMember(clinic), "calls");
  await Promise.all([rowsOf(main, (held) => held.length === 4), rowsOf(branch, (held) => held.length === 0)]);
  await Promise.all([both, whole].map((s) => rowsOf(s, (held) => held.length === 4)));
  await move(engine, clinic, "2", other);
  await move(engine, clinic, "3", null);
  expect(seen(await rowsOf(main, (held) => held.length === 2))).toEqual(["1", "4"]);
  expect(await rowsOf(branch, (held) => held.length === 1)).toMatchObject([{ call_id: "2", location_id: other }]);
  // A call of no location belongs to the clinic: a supervisor of all its locations doesn't see it either.
  expect(seen(await rowsOf(both, (held) => held.length === 3))).toEqual(["1", "2", "4"]);
  expect(await rowsOf(whole, (held) => held.some((r) => r.location_id === null))).toHaveLength(4);
  await move(engine, clinic, "3", other);
  await move(engine, clinic, "2", clinic.location);
  expect(seen(await rowsOf(branch, (held) => held[0]?.call_id === "3" && held.length === 1))).toEqual(["3"]);
  expect(seen(await rowsOf(main, (held) => held.length === 3))).toEqual(["1", "2", "4"]);
  expect(seen(await rowsOf(both, (held) => held.length === 4))).toEqual(["1", "2", "3", "4"]);
});

test("a person whose access changes is told at once, in the middle of a long wait, and others go on waiting", async () => {
  const engine = await engineForTest({ longPoll: 60_000 });
  const { clinic, other, supervisor } = await twoLocations(engine);
  await testCalls(engine.pool, clinic, 1, 4);
  await move(engine, clinic, "2", other);
  const who = supervisor([clinic.location, other]);
  const stream = engine.stream<Call>(who, "calls");
  const stranger = engine.stream<Call>(supervisor([clinic.location]), "calls");
  await Promise.all([rowsOf(stream, (held) => held.length === 4), rowsOf(stranger, (held) => held.length === 3)]);
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(2);
  const asked = engine.requests.length;
  const { userId } = who;
  engine.sessions.set(who.sessionId, { ...supervisor([other]), userId, sessionId: who.sessionId });
  engine.shapes().recheck(userId);
  expect(seen(await rowsOf(stream, (held) => held.length === 1))).toEqual(["2"]);
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(2);
  expect(engine.requests.slice(asked).every((url) => url.searchParams.get("handle") !== stranger.shapeHandle)).toBe(
    true,
  );

  // Ended with a reason, which is what the desk acts on.
  const { lastOffset: offset, shapeHandle: handle = "" } = stream;
  const waiting = engine.get(who, { table: "calls", live: "true", offset, handle });
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(3);
  engine.sessions.set(who.sessionId, { reason: "accountDisabled" });
  engine.shapes().recheck(userId);
  const answer = await waiting;
  expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ reason: "accountDisabled" })]);
});

test("what changes while a request is on its way to waiting is noticed too", async () => {
  const engine = await engineForTest({ longPoll: 60_000 });
  const { clinic, other, supervisor } = await twoLocations(engine);
  await testCalls(engine.pool, clinic, 1, 2);
  const who = supervisor([clinic.location]);
  const stream = engine.stream<Call>(who, "calls");
  await rowsOf(stream, (held) => held.length === 2);
  const { lastOffset: offset, shapeHandle: handle = "" } = stream;
  const later = { ...supervisor([other]), userId: who.userId, sessionId: who.sessionId };
  const asked = new Request(`http://careboard.test/v1/shape?${new URLSearchParams({ table: "calls", live: "true", offset, handle }).toString()}`); // prettier-ignore
  const looked = performance.now();
  engine.shapes().recheck(who.userId);
  const answer = await engine.shapes().fetch(asked, who, async () => later, looked);
  expect([answer.status, answer.headers.get("careboard-refetch")]).toEqual([409, "access"]);
});

test("a handle says whether it is another definition or the same made anew", async () => {
  const engine = await engineForTest();
  const { clinic, other, supervisor } = await twoLocations(engine);
  const why = async (who: Member, handle: string) =>
    (await engine.get(who, { table: "calls", offset: "0_inf", handle })).headers.get("careboard-refetch");
  const who = supervisor([clinic.location]);
  const first = (await engine.get(who, { table: "calls", offset: "-1" })).headers.get("electric-handle") ?? "";
  expect(await why(supervisor([other]), first)).toBe("access");
  await engine.pool.query("truncate calls cascade");
  await expect.poll(() => why(who, first), { timeout: 15_000 }).toBe("anew");
});
