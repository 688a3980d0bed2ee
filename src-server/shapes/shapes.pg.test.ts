import { expect, test } from "vitest";
import { shapeColumns } from "./gatekeeper.ts";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf } from "./test-engine.ts";

type Call = { id: string; call_id: string; caller_name: string | null; call_status: string; transfer_count: number };

test("the official client follows inserts, updates and deletes", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 50);
  const stream = engine.stream<Call>(testMember(clinic), "calls");
  const rows = rowsOf(stream, (held) => held.length === 51 && held.some((r) => r.caller_name === "Changed"));
  const first = await rowsOf(engine.stream<Call>(testMember(clinic), "calls"), (held) => held.length === 50);
  expect(first[0]?.call_id).toBe("50");
  expect(Object.keys(first[0] ?? {})).toEqual(shapeColumns.calls);
  expect(first[0]?.caller_name).toBe('Caller "50" \\ ☎');
  await engine.pool.query("delete from calls where call_id = '7'");
  await engine.pool.query("update calls set caller_name = 'Changed', transfer_count = 2 where call_id = '8'");
  await testCalls(engine.pool, clinic, 51, 52);
  const held = await rows;
  expect(held.map((r) => r.call_id)).not.toContain("7");
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
