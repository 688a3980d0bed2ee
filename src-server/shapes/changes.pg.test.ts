import type { Message, Row } from "@electric-sql/client";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { tableAccess } from "#shared/access/table-access.ts";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf, type TestEngine } from "./test-engine.ts";

type Call = { id: string; call_id: string; caller_name: string | null; transfer_count: number };

const seen = (held: Call[]) => held.map((r) => r.call_id).sort();

/** Every message of a stream, and a way to wait for one. */
function listen(engine: TestEngine, who: Member, params: { replica?: "full" } = {}) {
  const stream = engine.stream(who, "calls", { params });
  const messages: Message<Row>[] = [];
  let look = () => {};
  stream.subscribe((batch) => {
    messages.push(...batch);
    look();
  });
  const until = (enough: (held: Message<Row>[]) => boolean) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (enough(messages)) resolve();
      };
      look();
    });
  const upToDate = () => until((held) => held.some((m) => m.headers.control === "up-to-date"));
  return { messages, until, upToDate };
}

test("the official client follows inserts, updates and deletes", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 50);
  const rows = rowsOf(engine.stream<Call>(testMember(clinic), "calls"), (held) =>
    held.some((r) => r.call_id === "52" && r.caller_name?.includes("52") === true),
  );
  const first = await rowsOf(engine.stream<Call>(testMember(clinic), "calls"), (held) => held.length === 50);
  expect(first[0]?.call_id).toBe("50");
  expect(Object.keys(first[0] ?? {})).toEqual(tableAccess.calls.desk);
  expect(first[0]?.caller_name).toBe('Caller "50" \\ ☎');
  await engine.pool.query("delete from calls where call_id = '7'");
  await engine.pool.query("update calls set caller_name = 'Changed', transfer_count = 2 where call_id = '8'");
  await testCalls(engine.pool, clinic, 51, 52);
  const held = await rows;
  expect(held).toHaveLength(51);
  expect(seen(held)).not.toContain("7");
  expect(held.find((r) => r.call_id === "8")).toMatchObject({ caller_name: "Changed", transfer_count: 2 });
});

test("server-sent events carry changes, each batch closed by up-to-date", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 5);
  const stream = engine.stream<Call>(testMember(clinic), "calls", { liveSse: true });
  const rows = rowsOf(stream, (held) => held.some((r) => r.caller_name === "Changed"));
  await rowsOf(stream, (held) => held.length === 5);
  await engine.pool.query("update calls set caller_name = 'Changed' where call_id = '2'");
  expect(await rows).toHaveLength(5);
  expect(engine.requests.some((url) => url.searchParams.get("live_sse") === "true")).toBe(true);
});

test("an update says what changed, and in replica=full what it was", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 1);
  const lean = listen(engine, testMember(clinic));
  const full = listen(engine, testMember(clinic), { replica: "full" });
  await Promise.all([lean.upToDate(), full.upToDate()]);
  await engine.pool.query("update calls set caller_name = 'Now', patient_mrn = 'hidden' where call_id = '1'");
  await engine.pool.query("update calls set patient_mrn = 'hidden too' where call_id = '1'");
  await engine.pool.query("delete from calls where call_id = '1'");
  for (const { until } of [lean, full]) await until((held) => held.some((m) => m.headers.operation === "delete"));
  const changes = (of: Message<Row>[]) => of.filter((m) => "key" in m).slice(1);
  expect(changes(lean.messages)).toMatchObject([
    { value: { caller_name: "Now" }, headers: { operation: "update", last: true, op_position: 0 } },
    { headers: { operation: "delete", last: true } },
  ]);
  expect(Object.keys((changes(lean.messages)[0] as { value: Row }).value).sort()).toEqual(["caller_name", "id"]);
  expect(changes(full.messages)).toMatchObject([
    { value: { caller_name: "Now", call_id: "1" }, old_value: { caller_name: 'Caller "1" \\ ☎' } },
    { value: { caller_name: "Now" } },
  ]);
  expect(JSON.stringify([lean.messages, full.messages])).not.toContain("hidden");
});

test("a changed primary key is a delete and an insert that name each other", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 1);
  const { messages, until, upToDate } = listen(engine, testMember(clinic));
  await upToDate();
  const fresh = "00000000-0000-4000-8000-000000000001";
  await engine.pool.query("update calls set id = $1", [fresh]);
  await until((held) => held.filter((m) => m.headers.operation === "insert").length === 2);
  const [, removed, added] = messages.filter((m) => "key" in m);
  const key = `"public"."calls"/"${fresh}"`;
  expect(removed).toMatchObject({ headers: { operation: "delete", key_change_to: key } });
  expect(added).toMatchObject({
    key,
    headers: { operation: "insert", key_change_from: (removed as { key: string }).key },
  });
});

test("a row that moves to another clinic leaves the one and enters the other", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  await testCalls(engine.pool, north, 1, 3);
  const left = engine.stream<Call>(testMember(north), "calls");
  const entered = engine.stream<Call>(testMember(south), "calls");
  await Promise.all([rowsOf(left, (held) => held.length === 3), rowsOf(entered, (held) => held.length === 0)]);
  await engine.pool.query("update calls set clinic_id = $1 where call_id = '2'", [south.clinic]);
  expect(seen(await rowsOf(left, (held) => held.length === 2))).toEqual(["1", "3"]);
  expect(await rowsOf(entered, (held) => held.length === 1)).toMatchObject([{ call_id: "2", transfer_count: 0 }]);
});

test("a long value that didn't change is neither lost nor told again", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  // Incompressible, so that it is stored beside the row: an update then comes without it.
  const long = Array.from({ length: 4000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20000))).join("");
  await testCalls(engine.pool, north, 1, 1);
  await engine.pool.query("alter table calls alter column caller_name set storage external");
  await engine.pool.query("update calls set caller_name = $1", [long]);
  const entered = engine.stream<Call>(testMember(south), "calls");
  const lean = listen(engine, testMember(north));
  await Promise.all([lean.upToDate(), rowsOf(entered, (held) => held.length === 0)]);
  await engine.pool.query("update calls set transfer_count = 5");
  await engine.pool.query("update calls set clinic_id = $1", [south.clinic]);
  const rows = await rowsOf(entered, (held) => held.length === 1);
  expect(rows[0]).toMatchObject({ caller_name: long, transfer_count: 5 });
  await lean.until((held) => held.some((m) => m.headers.operation === "delete"));
  const update = lean.messages.find((m) => m.headers.operation === "update");
  expect(Object.keys((update as { value: Row }).value).sort()).toEqual(["id", "transfer_count"]);
});

test("TRUNCATE empties the shape", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 3);
  const stream = engine.stream<Call>(testMember(clinic), "calls");
  await rowsOf(stream, (held) => held.length === 3);
  const before = stream.shapeHandle;
  await engine.pool.query("truncate calls cascade");
  await rowsOf(stream, (held) => held.length === 0 && stream.shapeHandle !== before);
  await testCalls(engine.pool, clinic, 4, 4);
  expect(seen(await rowsOf(stream, (held) => held.length === 1))).toEqual(["4"]);
});

test("a column whose type changes makes the shape anew", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const stream = engine.stream(testMember(clinic), "queues");
  await rowsOf(stream, (held) => held.length === 1);
  const before = stream.shapeHandle;
  await engine.pool.query("alter table queues alter column name type varchar(80)");
  await engine.pool.query("update queues set name = 'Back desk'");
  await rowsOf(stream, (held) => held[0]?.name === "Back desk");
  expect(stream.shapeHandle).not.toBe(before);
});
