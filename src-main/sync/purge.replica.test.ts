import { expect, onTestFinished, test } from "vitest";
import { replicaForTest, type TestReplica } from "../replica/test-replica.ts";
import { filesHold } from "./test-files.ts";
import { callRow, clinicRow, deskShapes } from "./test-rows.ts";
import { testShapeServer } from "./test-shape-server.ts";

const soon = { timeout: 60_000 };
const [here, there] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"];
const [kept, gone] = ["Kept Person", "Gone Person"];

/** Calls of two locations, the callers of each marked. */
async function twoLocations(count = 300) {
  const server = await testShapeServer({ chunk: 50 });
  onTestFinished(() => server.close());
  const calls = Array.from({ length: count }, (_, n) =>
    callRow({
      location_id: n % 2 ? here : there,
      caller_name: `${n % 2 ? kept : gone} ${n}`,
      wait_seconds: String(n % 40),
    }),
  );
  for (const [shape, rows] of [
    ["clinics", [clinicRow]],
    ["calls", calls],
  ] as const) {
    server.insert(shape, ...rows);
    server.rotate(shape);
  }
  return server;
}
const only = (location: string) => (row: Record<string, string | null>) => row.location_id === location;
const live = (replica: TestReplica) => replica.until((v) => v.event === "upToDate");
const wiped = (replica: TestReplica, mark: number) =>
  replica.until((v) => v.event === "upToDate" && v.removed.mark >= mark && !v.removed.pending);
const counted = (replica: TestReplica) =>
  replica.rows(
    `select (select count(*) from calls) as calls, (select count(*) from calls where location_id = '${there}') as there,
       (select coalesce(sum(calls), 0)::int from calls_by_hour) as summed`,
  );

test("SPEC 13 and 16: a location taken away takes exactly its rows along, off the files too, and says how many", async () => {
  const server = await twoLocations();
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await live(replica);
  // Statistics keep frequent values, and an update leaves the old row behind: both are in files as well.
  await replica.rows(`update calls set caller_name = '${gone} again' where location_id = '${there}'`);
  await replica.rows("vacuum analyze calls");
  expect((await filesHold(replica, gone)).length).toBeGreaterThan(2);
  const { removed, revision } = replica.view();
  expect([removed.mark, removed.rows.calls, removed.pending]).toEqual([0, 0, false]);

  server.entitle("calls", only(here));
  await wiped(replica, 1);
  expect(await counted(replica)).toEqual([{ calls: 150, there: 0, summed: 150 }]);
  expect(replica.view().removed.rows).toEqual({ ...removed.rows, calls: 150 });
  expect(replica.view().revision).toEqual({ ...revision, calls: expect.any(Number) });
  expect(await filesHold(replica, gone)).toEqual([]);
  expect((await filesHold(replica, kept)).length).toBeGreaterThan(0);
  expect(await replica.rows("select count(*) as n from sync_seen")).toEqual([{ n: 0 }]);
  expect(replica.problems).toEqual([]);
});

test("SPEC 13: rows that the server has no more are no purge, and neither is what its log deletes", async () => {
  const server = await twoLocations(60);
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await live(replica);
  const ids = [...server.rows("calls").keys()];
  for (const id of ids.slice(0, 20)) server.remove("calls", id);
  await expect.poll(() => replica.rows("select count(*) as n from calls"), soon).toEqual([{ n: 40 }]);
  for (const id of ids.slice(20, 40)) server.rows("calls").delete(id);
  server.rotate("calls");
  await wiped(replica, 1);
  expect(await replica.rows("select count(*) as n from calls")).toEqual([{ n: 20 }]);
  expect(replica.view().removed.rows.calls).toBe(0);
});

test("SPEC 13: columns that are no longer the person's are emptied, off the files too, and no row is lost", async () => {
  const server = await twoLocations(60);
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await live(replica);
  const columns = Object.keys(callRow()).filter((c) => !["caller_number", "caller_name", "called_number"].includes(c));
  server.entitle("calls", () => true, columns);
  await wiped(replica, 1);
  expect(await replica.rows("select count(*) as n, count(caller_name) as names, count(caller_number) as numbers, count(end_reason) as others from calls")).toEqual([{ n: 60, names: 0, numbers: 0, others: 60 }]); // prettier-ignore
  expect(replica.view().removed.rows.calls).toBe(0);
  expect(await filesHold(replica, kept)).toEqual([]);
  expect(await replica.rows("select sum(calls)::int as n from calls_by_agent")).toEqual([{ n: 60 }]);
});

test("SPEC 13: access that changes in the middle of a first sync, while offline, and twice in a row ends the same", async () => {
  const server = await twoLocations(3000);
  const first = await replicaForTest();
  first.follow(server.url, "token", deskShapes);
  await first.until((v) => v.revision.calls > 0);
  server.spoil("cut");
  await first.until((v) => v.event === "cut");
  expect((await filesHold(first, gone)).length).toBeGreaterThan(0);
  server.entitle("calls", (row) => only(here)(row) && Number(row.wait_seconds) < 20);
  await first.close();
  server.spoil(null);

  const replica = await replicaForTest(first.folder);
  replica.follow(server.url, "token", deskShapes);
  await replica.until((v) => v.removed.pending && v.revision.calls > 0);
  // Again, before the first is through; and then the server makes it anew for reasons of its own.
  server.entitle("calls", (row) => Number(row.wait_seconds) < 10);
  server.rotate("calls");
  await wiped(replica, 1);
  const left = [...server.rows("calls").values()].length;
  expect(left).toBeGreaterThan(0);
  expect(await counted(replica)).toEqual([{ calls: left, there: 0, summed: left }]);
  expect(replica.view().removed.rows.calls).toBeGreaterThan(0);
  expect(await filesHold(replica, gone)).toEqual([]);
});

test("SPEC 16: a purge that was not carried through to the files is gone on with at the next start, without the server", async () => {
  const server = await twoLocations();
  const first = await replicaForTest();
  first.follow(server.url, "token", deskShapes);
  await live(first);
  server.entitle("calls", only(here));
  await first.until((v) => v.removed.rows.calls === 150);
  await first.close();
  await server.close();
  const again = await replicaForTest(first.folder);
  await again.until((v) => v.removed.mark === 1 && !v.removed.pending);
  expect(await filesHold(again, gone)).toEqual([]);
  expect(again.view().removed.rows.calls).toBe(150);
});
