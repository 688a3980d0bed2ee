import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { dropSlot } from "./slot.ts";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf, type TestEngine } from "./test-engine.ts";

type Call = { id: string; call_id: string };

/** A desk that followed the calls to `count` of them, and then went away. */
async function left(engine: TestEngine, who: Member, count: number) {
  const controller = new AbortController();
  const stream = engine.stream<Call>(who, "calls", { signal: controller.signal });
  await rowsOf(stream, (held) => held.length === count);
  controller.abort();
  return { offset: stream.lastOffset, handle: stream.shapeHandle ?? "" };
}

/** The desk comes back with what it remembers: what it is told since. */
const back = (engine: TestEngine, who: Member, at: Awaited<ReturnType<typeof left>>, count: number) =>
  rowsOf(engine.stream<Call>(who, "calls", { ...at }), (held) => held.length >= count);

const logOf = (engine: TestEngine, handle: string) => join(engine.folder, "shapes", handle, "log");

test("after a restart a desk goes on with its handle and offset, and gets what happened meanwhile", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  await testCalls(engine.pool, clinic, 1, 10);
  const at = await left(engine, who, 10);
  await testCalls(engine.pool, clinic, 11, 12);
  await engine.restart(() => testCalls(engine.pool, clinic, 13, 14));
  const rows = await back(engine, who, at, 4);
  expect(rows.map((r) => r.call_id)).toEqual(["11", "12", "13", "14"]);
  expect(engine.requests.filter((url) => url.searchParams.get("offset") === "-1")).toHaveLength(1);
});

test("a torn tail is cut off, and what it held comes again from PostgreSQL", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  await testCalls(engine.pool, clinic, 1, 3);
  const at = await left(engine, who, 3);
  await testCalls(engine.pool, clinic, 4, 4);
  await engine.restart(async () => {
    // Half a frame that looks like the beginning of a message, as a power cut leaves it.
    appendFileSync(logOf(engine, at.handle), Buffer.from("000001f4deadbeef00000000", "hex"));
    await testCalls(engine.pool, clinic, 5, 5);
  });
  expect((await back(engine, who, at, 2)).map((r) => r.call_id)).toEqual(["4", "5"]);
});

test("a log that lost what had been made to last is not served", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  await testCalls(engine.pool, clinic, 1, 3);
  const at = await left(engine, who, 3);
  await testCalls(engine.pool, clinic, 4, 4);
  await testCalls(engine.pool, clinic, 5, 5);
  await expect
    .poll(() => readFileSync(logOf(engine, at.handle)).includes('"call_id":"5"'), { timeout: 15_000 })
    .toBe(true);
  await engine.restart(async () => {
    const path = logOf(engine, at.handle);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.with(bytes.length - 30, 0));
  });
  expect((await engine.get(who, { table: "calls", ...at })).status).toBe(409);
});

test("a kill before the acknowledgement loses nothing and tells nothing twice", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  await testCalls(engine.pool, clinic, 1, 3);
  const at = await left(engine, who, 3);
  const position = join(engine.folder, "shapes", "position.json");
  const before = readFileSync(position);
  const slot = engine.shapes().health().slot;
  // A copy of the slot keeps the acknowledgement of this moment, as a SIGKILL would.
  await engine.pool.query("select pg_copy_logical_replication_slot($1, $2)", [slot, `${slot}_copy`]);
  await testCalls(engine.pool, clinic, 4, 6);
  await expect.poll(() => statSync(logOf(engine, at.handle)).size, { timeout: 15_000 }).toBeGreaterThan(0);
  const written = () => readFileSync(logOf(engine, at.handle));
  await engine.restart(async () => {
    await dropSlot(engine.pool, slot);
    await engine.pool.query("select pg_copy_logical_replication_slot($1, $2)", [`${slot}_copy`, slot]);
    await dropSlot(engine.pool, `${slot}_copy`);
    writeFileSync(position, before);
    // Of three messages in one transaction the disk kept two and a half.
    truncateSync(logOf(engine, at.handle), written().length - 100);
  });
  const rows = await back(engine, who, at, 3);
  expect(rows.map((r) => r.call_id)).toEqual(["4", "5", "6"]);
  const handles = readdirSync(join(engine.folder, "shapes")).filter((f) => f.includes("-"));
  expect(handles).toEqual([at.handle]);
});

test("a broken connection to PostgreSQL is made anew", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const stream = engine.stream<Call>(testMember(clinic), "calls");
  await rowsOf(stream, (held) => held.length === 0);
  await engine.pool.query("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1", [engine.shapes().health().slot]); // prettier-ignore
  await testCalls(engine.pool, clinic, 1, 2);
  const before = stream.shapeHandle;
  await rowsOf(stream, (held) => held.length === 2);
  expect(stream.shapeHandle).toBe(before);
  expect(engine.shapes().health().state).toBe("streaming");
});

test("a lost slot is made anew, and every desk fetches again", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  await testCalls(engine.pool, clinic, 1, 3);
  const stream = engine.stream<Call>(who, "calls");
  await rowsOf(stream, (held) => held.length === 3);
  const before = stream.shapeHandle;
  const { slot } = engine.shapes().health();
  await engine.restart(async () => {
    await dropSlot(engine.pool, slot);
    await engine.pool.query("delete from calls where call_id = '1'");
    await testCalls(engine.pool, clinic, 4, 4);
  });
  const rows = await rowsOf(stream, (held) => stream.shapeHandle !== before && held.length === 3);
  expect(rows.map((r) => r.call_id).sort()).toEqual(["2", "3", "4"]);
});

test("a slot that somebody else moved on is not trusted", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  await testCalls(engine.pool, clinic, 1, 2);
  const at = await left(engine, who, 2);
  const { slot } = engine.shapes().health();
  await engine.restart(async () => {
    await testCalls(engine.pool, clinic, 3, 3);
    await engine.pool.query("select pg_replication_slot_advance($1, pg_current_wal_insert_lsn())", [slot]);
  });
  const answer = await engine.get(who, { table: "calls", ...at });
  expect(answer.status).toBe(409);
  const again = engine.stream<Call>(who, "calls");
  expect(await rowsOf(again, (held) => held.length === 3)).toHaveLength(3);
});

test("a table that can't be synchronised stops the start with what to change", async () => {
  const engine = await engineForTest();
  await expect(
    engine.restart(async () => {
      await engine.pool.query("alter table queues replica identity default");
      await engine.pool.query("alter publication careboard add table agent_extensions");
    }),
  ).rejects.toThrow(/agent_extensions is published.*queues needs REPLICA IDENTITY FULL/);
});

test("a log that outgrows its snapshot gives the shape a new handle", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 300);
  const stream = engine.stream<Call>(testMember(clinic), "calls");
  await rowsOf(stream, (held) => held.length === 300);
  const before = stream.shapeHandle;
  await engine.pool.query("update calls set caller_name = repeat('long ', 12000)");
  await rowsOf(stream, (held) => held.length === 300 && stream.shapeHandle !== before);
  expect(readdirSync(join(engine.folder, "shapes"))).not.toContain(before);
});

test("a shape that nobody read for two weeks is removed", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const { handle } = await left(engine, testMember(clinic), 0);
  const old = new Date(Date.now() - 15 * 86_400_000);
  await engine.restart(async () => utimesSync(join(engine.folder, "shapes", handle, "shape.json"), old, old));
  await expect.poll(() => engine.shapes().health().shapes, { timeout: 5_000 }).toBe(0);
  // The position may just be being written anew beside itself.
  await expect.poll(() => readdirSync(join(engine.folder, "shapes")), { timeout: 15_000 }).toEqual(["position.json"]);
});

test("what left a shape leaves its files within a week: the shape is made anew, and one that lost nothing goes on", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  const [first, second] = [testMember(north), testMember(south)];
  await testCalls(engine.pool, north, 1, 3);
  await testCalls(engine.pool, south, 1, 3);
  const before = [await left(engine, first, 3), await left(engine, second, 3)];
  const folderOf = (handle: string) => join(engine.folder, "shapes", handle);
  await engine.pool.query("delete from calls where call_id = '2' and clinic_id = $1", [north.clinic]);
  await expect.poll(() => existsSync(join(folderOf(before[0]?.handle ?? ""), "left")), { timeout: 15_000 }).toBe(true);
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  await engine.restart(async () => utimesSync(join(folderOf(before[0]?.handle ?? ""), "left"), days(6), days(6)));
  expect((await engine.get(first, { table: "calls", ...before[0] })).status).toBe(200);
  await engine.restart(async () => utimesSync(join(folderOf(before[0]?.handle ?? ""), "left"), days(8), days(8)));
  await expect
    .poll(async () => (await engine.get(first, { table: "calls", ...before[0] })).status, { timeout: 15_000 })
    .toBe(409);
  expect(existsSync(folderOf(before[0]?.handle ?? ""))).toBe(false);
  expect((await engine.get(second, { table: "calls", ...before[1] })).status).toBe(200);
});
