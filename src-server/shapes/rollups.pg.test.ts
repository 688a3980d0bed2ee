import type { Row } from "@electric-sql/client";
import { expect, test } from "vitest";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf } from "./test-engine.ts";

type Sum = { id: string; clinic_id: string; calls: number; answered: number; handled_08: number; wait_09: number };

test("a board follows figures as rows: they come, change and go with the calls, and another clinic's don't", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  await testCalls(engine.pool, north, 1, 10);
  await testCalls(engine.pool, south, 11, 15);
  const stream = engine.stream<Sum>(testMember(north, "board"), "calls_by_agent");
  const [first] = await rowsOf(stream, (held) => held.length === 1);
  expect(first).toMatchObject({ clinic_id: north.clinic, calls: 10, answered: 10, handled_08: 10 });
  // What a desk computes by itself is in no stream.
  expect(Object.keys(first ?? {})).not.toContain("handled_hours");
  await testCalls(engine.pool, north, 16, 18);
  await testCalls(engine.pool, south, 19, 19);
  expect(await rowsOf(stream, (held) => held[0]?.calls === 13)).toEqual([
    expect.objectContaining({ id: first?.id, handled_08: 13 }),
  ]);
  await engine.pool.query("update calls set agent_id = $1 where call_id = '16'", [north.agent]);
  const two = await rowsOf(stream, (held) => held.length === 2);
  expect(two.map((r) => r.calls).sort((a, b) => a - b)).toEqual([1, 12]);
  await engine.pool.query("delete from calls where call_id = '16'");
  expect(await rowsOf(stream, (held) => held.length === 1)).toEqual([expect.objectContaining({ calls: 12 })]);
});

test("who asks for whole rows gets them, of rollups too", async () => {
  const engine = await engineForTest();
  const north = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, north, 1, 2);
  const stream = engine.stream<Sum & Row>(testMember(north, "board"), "calls_by_queue", {
    params: { replica: "full" },
  });
  const [first] = await rowsOf(stream, (held) => held.length === 1);
  await testCalls(engine.pool, north, 3, 3);
  const [second] = await rowsOf(stream, (held) => held[0]?.calls === 3);
  expect(Object.keys(second ?? {}).sort()).toEqual(Object.keys(first ?? {}).sort());
  await engine.pool.query("delete from calls");
  expect(await rowsOf(stream, (held) => held.length === 0)).toEqual([]);
});

test("a rollup that is truncated or rebuilt ends as it is in the table", async () => {
  const engine = await engineForTest();
  const north = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, north, 1, 4);
  const stream = engine.stream<Sum>(testMember(north, "board"), "calls_by_hour");
  const [first] = await rowsOf(stream, (held) => held.length === 1);
  await engine.pool.query("update clinics set service_level_seconds = 5");
  await testCalls(engine.pool, north, 5, 5);
  expect(await rowsOf(stream, (held) => held[0]?.calls === 5)).toEqual([expect.objectContaining({ id: first?.id })]);
  const before = stream.shapeHandle;
  await engine.pool.query("truncate calls cascade");
  await rowsOf(stream, (held) => held.length === 0 && stream.shapeHandle !== before);
});

test("changes of a table that nobody follows are passed over, and counted: offsets are the same with and without readers", async () => {
  const engine = await engineForTest();
  const north = await testClinic(engine.pool, "north");
  const who = testMember(north);
  const messages: unknown[] = [];
  const stream = engine.stream(who, "calls");
  stream.subscribe((batch) => {
    messages.push(...batch.filter((m) => "key" in m));
  });
  await rowsOf(stream, (held) => held.length === 0);
  const both = async (call: number) => {
    const client = await engine.pool.connect();
    try {
      await client.query("begin");
      await testCalls({ query: client.query.bind(client) } as typeof engine.pool, north, call, call);
      await client.query("update calls set transfer_count = 7 where call_id = $1", [String(call)]);
      await client.query("commit");
    } finally {
      client.release();
    }
  };
  const places = () => messages.slice(-2).map((m) => (m as { headers: { op_position: number } }).headers.op_position);
  await both(1);
  await rowsOf(stream, (held) => held[0]?.transfer_count === 7);
  const alone = places();
  await rowsOf(engine.stream(testMember(north, "board"), "calls_by_hour"), (held) => held.length === 1);
  await both(2);
  await rowsOf(stream, (held) => held.filter((r) => r.transfer_count === 7).length === 2);
  expect(places()).toEqual(alone);
});
