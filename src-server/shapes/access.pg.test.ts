import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf } from "./test-engine.ts";

type Held = { id: string; clinic_id?: string };

test("two organizations see only what is theirs, of every table", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  await testCalls(engine.pool, north, 1, 20);
  await testCalls(engine.pool, south, 21, 25);
  const whole = { organizations: 1, clinics: 1, locations: 1, agents: 1, queues: 1, call_sources: 1 };
  const expected: Record<"manager" | "board", Record<ShapeName, number>> = {
    manager: { ...whole, calls_by_hour: 0, calls_by_agent: 0, calls_by_type: 0, calls_by_queue: 0, calls: 20 },
    board: { ...whole, calls_by_hour: 1, calls_by_agent: 1, calls_by_type: 1, calls_by_queue: 1, calls: 0 },
  };
  for (const [role, counts] of Object.entries(expected) as ["manager" | "board", Record<ShapeName, number>][])
    for (const name of shapeName.options) {
      const rows = await rowsOf(
        engine.stream<Held>(testMember(north, role), name),
        (held) => held.length >= counts[name],
      );
      expect(rows).toHaveLength(counts[name]);
      const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
      expect(text).not.toContain(south.clinic);
      expect(text).not.toContain(south.organization);
    }
});

test("an agent gets the calls that were answered in person, a provider none", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 10);
  await engine.pool.query("update calls set agent_id = $1 where call_id in ('3', '4')", [clinic.agent]);
  const own = engine.stream(testMember(clinic, "call_center_agent", clinic.agent), "calls");
  expect(await rowsOf(own, (held) => held.length === 2)).toHaveLength(2);
  const none = engine.stream(testMember(clinic, "provider"), "calls");
  expect(await rowsOf(none, (held) => held.length === 0)).toEqual([]);
  await engine.pool.query("update calls set agent_id = $1 where call_id = '5'", [clinic.agent]);
  await engine.pool.query("update calls set agent_id = null where call_id = '3'");
  const ids = (await rowsOf(own, (held) => held.some((r) => r.call_id === "5") && held.length === 2)).map(
    (r) => r.call_id,
  );
  expect(new Set(ids)).toEqual(new Set(["4", "5"]));
});

test("what a client says of where, columns and params is ignored", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  await testCalls(engine.pool, north, 1, 2);
  await testCalls(engine.pool, south, 3, 9);
  const who = testMember(north);
  // Who asks while a snapshot is being made may get its chunks without their end.
  await rowsOf(engine.stream(who, "calls"), (held) => held.length === 2);
  const plain = await engine.get(who, { table: "calls", offset: "-1" });
  const forged = await engine.get(who, {
    table: "calls",
    offset: "-1",
    where: "clinic_id = $1 or true",
    "params[1]": south.clinic,
    columns: '"id","patient_mrn"',
  });
  expect(forged.status).toBe(200);
  expect(await forged.text()).toBe(await plain.text());
  expect(forged.headers.get("electric-handle")).toBe(plain.headers.get("electric-handle"));
});

test("only the listed tables exist, and only for who is signed in", async () => {
  const engine = await engineForTest();
  const who = testMember(await testClinic(engine.pool, "north"));
  for (const table of ["users", "raw_records", "pg_authid", "public.users", "other.calls"])
    expect((await engine.get(who, { table, offset: "-1" })).status).toBe(400);
  const stranger = await engine.get(who, { table: "calls", offset: "-1" }, { authorization: "nobody" });
  expect(stranger.status).toBe(401);
});

test("another's handle is answered with one's own", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  const theirs = (await engine.get(testMember(south), { table: "calls", offset: "-1" })).headers.get("electric-handle");
  const who = testMember(north);
  const answer = await engine.get(who, { table: "calls", offset: "0_inf", handle: theirs ?? "" });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toEqual([{ headers: { control: "must-refetch" } }]);
  const own = (await engine.get(who, { table: "calls", offset: "-1" })).headers.get("electric-handle");
  expect(answer.headers.get("electric-handle")).toBe(own);
  expect(own).not.toBe(theirs);
  // Wherever in it one says to be, and however one asks: none of the other's rows.
  await testCalls(engine.pool, south, 1, 3);
  const elsewhere: Record<string, string>[] = [
    { offset: "-1" },
    { offset: "0_0" },
    { offset: "now" },
    { live: "true" },
    { live: "true", live_sse: "true" },
    { replica: "full" },
    { log: "changes_only" },
  ];
  for (const more of elsewhere) {
    const tried = await engine.get(who, { table: "calls", offset: "0_inf", handle: theirs ?? "", ...more });
    expect(tried.status).toBe(409);
    expect(await tried.text()).not.toContain(south.clinic);
  }
});

test("a changed membership ends a waiting poll with another shape, an ended session with 401", async () => {
  const engine = await engineForTest({ longPoll: 1_200 });
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  await testCalls(engine.pool, north, 1, 2);
  await testCalls(engine.pool, south, 3, 5);
  const who = testMember(north);
  const stream = engine.stream<Held>(who, "calls");
  await rowsOf(stream, (held) => held.length === 2);
  engine.sessions.set(who.sessionId, { ...testMember(south), sessionId: who.sessionId });
  const rows = await rowsOf(stream, (held) => held.length === 3);
  expect(rows.every((r) => r.clinic_id === south.clinic)).toBe(true);
  const waiting = engine.get(who, {
    table: "calls",
    live: "true",
    offset: stream.lastOffset,
    handle: stream.shapeHandle ?? "",
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  engine.sessions.set(who.sessionId, null);
  expect((await waiting).status).toBe(401);
});

test("what is kept of shapes is for the server's account alone", async () => {
  const engine = await engineForTest();
  const folder = join(engine.folder, "shapes");
  const north = await testClinic(engine.pool, "north");
  const { handle } = {
    handle:
      (await engine.get(testMember(north), { table: "calls", offset: "-1" })).headers.get("electric-handle") ?? "",
  };
  await testCalls(engine.pool, north, 1, 3);
  await expect.poll(() => existsSync(join(folder, handle, "shape.json"))).toBe(true);
  const modes = (at: string) => (statSync(at).mode & 0o777).toString(8);
  expect([folder, join(folder, handle)].map(modes)).toEqual(["700", "700"]);
  for (const file of readdirSync(join(folder, handle)))
    expect([file, modes(join(folder, handle, file))]).toEqual([file, "600"]);
  // A folder that was laid out by hand, open to everybody.
  await engine.restart(async () => chmodSync(folder, 0o755));
  expect(modes(folder)).toBe("700");
  expect(modes(join(folder, "position.json"))).toBe("600");
});
