import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { Role } from "#shared/access/role.ts";
import { shapesOf } from "#shared/access/shapes-of.ts";
import { tableAccess } from "#shared/access/table-access.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { WireRow } from "#shared/sync/fold-changes.ts";
import { replicaFolder, replicaForTest, type TestReplica } from "../replica/test-replica.ts";
import { filesHold } from "./test-files.ts";
import { killable } from "./test-process.ts";
import { callRow, clinicId, clinicRow } from "./test-rows.ts";
import { testShapeServer } from "./test-shape-server.ts";

const shapes = (role: Role): ShapeName[] => shapesOf([{ clinicId, role, agentId: null, locationIds: [] }]);
const agent = (display: WireRow): WireRow => ({
  id: randomUUID(),
  clinic_id: clinicId,
  location_id: null,
  active: "t",
  ...display,
});
const rollups = ["calls_by_hour", "calls_by_agent", "calls_by_type", "calls_by_queue"] as const;

/** A row of a rollup as the server's shape has it: with so many calls in it. */
function sums(of: (typeof rollups)[number], calls: string, more: WireRow = {}): WireRow {
  const keys: WireRow = { id: randomUUID(), clinic_id: clinicId, local_day: "2026-11-20", local_hour: "9" };
  const nullable = ["location_id", "queue_id", "agent_id", "call_type"];
  const columns = tableAccess[of].desk.filter((c) => c !== "handled_hours");
  return Object.fromEntries(
    columns.map((c) => [
      c,
      more[c] ??
        keys[c] ??
        (nullable.includes(c) ? null : ["calls", "offered", "handled_09"].includes(c) ? calls : "0"),
    ]),
  );
}

async function serverForTest() {
  const server = await testShapeServer();
  onTestFinished(() => server.close());
  const rows: Partial<Record<ShapeName, WireRow[]>> = {
    clinics: [clinicRow],
    calls: Array.from({ length: 40 }, () => callRow({ caller_name: "A Caller" })),
    agents: [agent({ first_name: "Dana", display_name: "Dana Surname" })],
    calls_by_hour: [sums("calls_by_hour", "40")],
    calls_by_agent: [sums("calls_by_agent", "40")],
    calls_by_type: [sums("calls_by_type", "40")],
    calls_by_queue: [sums("calls_by_queue", "40")],
  };
  for (const [shape, held] of Object.entries(rows) as [ShapeName, WireRow[]][]) {
    server.insert(shape, ...held);
    server.rotate(shape);
  }
  return server;
}
const live = (replica: TestReplica) => replica.until((v) => v.event === "upToDate");
const figures = async (replica: TestReplica) => {
  const counts: Record<string, number> = {};
  for (const table of ["calls", ...rollups]) {
    const [row] = await replica.rows<{ n: number }>(
      `select ${table === "calls" ? "count(*)" : "coalesce(sum(calls), 0)"}::int as n from ${table}`,
    );
    counts[table] = row?.n ?? -1;
  }
  return counts;
};
const all = (n: number) => ({ calls: n, ...Object.fromEntries(rollups.map((r) => [r, n])) });

test("SPEC 15: a board holds no call: it asks for none, follows figures as rows, and is usable with them alone", async () => {
  const server = await serverForTest();
  const replica = await replicaForTest();
  replica.follow(server.url, "token", shapes("board"));
  const view = await live(replica);
  expect(server.asked.filter((a) => a.startsWith("calls "))).toEqual([]);
  expect(view).toMatchObject({ usable: true, asOf: expect.any(String), progress: null });
  expect(view.revision).toMatchObject({ calls: 0, calls_by_hour: 1, agents: 1 });
  expect(await figures(replica)).toEqual({ ...all(40), calls: 0 });
  // What is computed of a row is computed here.
  expect(await replica.rows("select handled_hours from calls_by_agent")).toEqual([{ handled_hours: 1 << 9 }]);
  const [id] = server.rows("calls_by_hour").keys();
  server.update("calls_by_hour", id ?? "", { calls: "41", offered: "41" });
  server.insert("calls_by_hour", sums("calls_by_hour", "2", { local_hour: "10" }));
  await expect.poll(async () => (await figures(replica)).calls_by_hour).toBe(43);
  server.remove("calls_by_hour", id ?? "");
  await expect.poll(async () => (await figures(replica)).calls_by_hour).toBe(2);
  expect(replica.problems).toEqual([]);
});

test("SPEC 14: from board to manager and back: what is no longer followed leaves, and figures are never counted twice", async () => {
  const server = await serverForTest();
  const replica = await replicaForTest();
  replica.follow(server.url, "token", shapes("board"));
  await live(replica);
  replica.follow(server.url, "token", shapes("manager"));
  await replica.until((v) => v.event === "upToDate" && v.removed.mark === 1 && v.revision.calls > 0);
  expect(await figures(replica)).toEqual(all(40));
  expect(await replica.rows("select count(id) as n from calls_by_hour")).toEqual([{ n: 0 }]);
  expect(replica.view().removed.rows).toMatchObject({ calls_by_hour: 1, calls_by_queue: 1, calls: 0, clinics: 0 });
  const extra = callRow();
  server.insert("calls", extra);
  await expect.poll(() => figures(replica)).toEqual(all(41));

  server.asked.length = 0;
  replica.follow(server.url, "token", shapes("board"));
  await replica.until((v) => v.event === "upToDate" && v.removed.mark === 2 && !v.removed.pending);
  expect(await figures(replica)).toEqual({ ...all(40), calls: 0 });
  expect(replica.view().removed.rows.calls).toBe(41);
  expect(server.asked.filter((a) => a.startsWith("clinics -1"))).toEqual([]);
  expect(await filesHold(replica, "A Caller")).toEqual([]);
  expect(replica.problems).toEqual([]);
});

test("SPEC 14: who sees no call any more keeps everything else, and nothing that stays moves a revision", async () => {
  const server = await serverForTest();
  const replica = await replicaForTest();
  replica.follow(server.url, "token", shapes("manager"));
  const { revision } = await live(replica);
  replica.follow(server.url, "token", shapes("provider"));
  await replica.until((v) => v.event === "upToDate" && v.removed.mark === 1);
  expect(await figures(replica)).toEqual(all(0));
  expect(replica.view().revision).toEqual({ ...revision, calls: expect.any(Number) });
  expect(replica.view()).toMatchObject({ usable: true, asOf: expect.any(String) });
});

test("a board that becomes one of a person who also holds calls does not follow figures beside them", async () => {
  const server = await serverForTest();
  const replica = await replicaForTest();
  replica.follow(server.url, "token", [...new Set([...shapes("board"), ...shapes("manager")])]);
  await live(replica);
  expect(await figures(replica)).toEqual(all(40));
  expect(server.asked.filter((a) => a.startsWith("calls_by_"))).toEqual([]);
});

test("SPEC 14 and 16: killed while rows leave, again and again, what is to leave has left in the end and nothing else", async () => {
  const server = await serverForTest();
  server.insert("calls", ...Array.from({ length: 1500 }, () => callRow({ caller_name: "A Caller" })));
  server.rotate("calls");
  const folder = await replicaFolder();
  const first = await replicaForTest(folder);
  first.follow(server.url, "token", shapes("manager"));
  await live(first);
  await first.close();
  server.entitle("calls", (row) => (row.id ?? "") < "8");
  const left = server.rows("calls").size;
  for (const wait of [0, 150, 400, 900, 1600, 2600]) {
    const running = await killable(folder, server.url, shapes("manager"));
    await new Promise((resolve) => setTimeout(resolve, wait));
    await running.kill();
  }
  const replica = await replicaForTest(folder);
  expect(replica.erased).toBeNull();
  replica.follow(server.url, "token", shapes("manager"));
  await replica.until((v) => v.event === "upToDate" && !v.removed.pending && v.removed.mark > 0);
  expect(await figures(replica)).toEqual(all(left));
  expect(replica.view().removed.rows.calls).toBe(1540 - left);
  const ids = await replica.rows<{ id: string }>("select id from calls order by id");
  expect(ids.map((r) => r.id)).toEqual([...server.rows("calls").keys()].sort());
});
