import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { SyncView } from "./sync-view.ts";
import { replicaForTest } from "../replica/test-replica.ts";
import { callRow, clinicId, clinicRow, deskShapes } from "./test-rows.ts";
import { testShapeServer } from "./test-shape-server.ts";

/** A busy machine is slow, not wrong. */
const soon = { timeout: 60_000 };

async function serverForTest(options: Parameters<typeof testShapeServer>[0] = {}) {
  const server = await testShapeServer(options);
  onTestFinished(() => server.close());
  server.insert("clinics", clinicRow);
  server.rotate("clinics");
  return server;
}
const live = (view: SyncView) => view.event === "upToDate";
/** Calls from a minute ago backwards, so that the first are the newest. */
const calls = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    callRow({
      wait_seconds: String(i % 50),
      call_start_time: `2026-11-20 14:${String(59 - (i % 60)).padStart(2, "0")}:11+00`,
    }),
  );

test("a snapshot and what follows arrive as they are, and figures are kept with them", async () => {
  const server = await serverForTest();
  const [first, second] = calls(2);
  server.insert("calls", ...calls(250), first ?? {}, second ?? {});
  server.rotate("calls");
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await replica.until(live);
  expect(await replica.rows("select count(*) as n from calls")).toEqual([{ n: 252 }]);
  expect(
    await replica.rows("select caller_name, call_start_time, local_day, end_reason from calls where id = $1", [
      first?.id,
    ]),
  ).toEqual([
    {
      caller_name: first?.caller_name,
      call_start_time: "2026-11-20T14:59:11.000Z",
      local_day: "2026-11-20",
      end_reason: first?.end_reason,
    },
  ]);
  const before = replica.view().revision.calls;
  server.update("calls", first?.id ?? "", { talk_duration_seconds: "1000", caller_name: null });
  server.remove("calls", second?.id ?? "");
  server.insert("calls", callRow());
  await replica.until((v) => v.revision.calls > before && live(v));
  await expect
    .poll(
      () =>
        replica.rows("select caller_name, wait_seconds, talk_duration_seconds from calls where id = $1", [first?.id]),
      soon,
    )
    .toEqual([{ caller_name: null, wait_seconds: 0, talk_duration_seconds: 1000 }]);
  await expect
    .poll(() => replica.rows("select sum(calls) as n, sum(talk_sum)::int as talk from calls_by_hour"), soon)
    .toEqual([{ n: 252, talk: 251 * 288 + 1000 }]);
  expect(replica.problems).toEqual([]);
});

test("SPEC 12: calls come after what they refer to, and the newest are usable before the rest is there", async () => {
  const server = await serverForTest();
  server.insert("calls", ...calls(2000));
  server.rotate("calls");
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  const early = await replica.until((v) => v.usable);
  expect(early.event).toBe("behind");
  expect(early.progress).toMatchObject({ shape: "calls", total: 2000 });
  await replica.until(live);
  const firstCall = server.asked.findIndex((a) => a.startsWith("calls"));
  for (const name of ["organizations", "clinics", "locations", "agents", "queues", "call_sources"])
    expect(server.asked.findIndex((a) => a.startsWith(`${name} 0_inf`))).toBeLessThan(firstCall);
  expect(replica.views.filter((v) => v.usable).every((v) => v.revision.calls > 0)).toBe(true);
});

test("SPEC 2: a desk that starts again asks from where it was, not from the beginning", async () => {
  const server = await serverForTest();
  server.insert("calls", ...calls(150));
  server.rotate("calls");
  const first = await replicaForTest();
  first.follow(server.url, "token", deskShapes);
  await first.until(live);
  await first.close();
  const row = callRow();
  server.insert("calls", row);
  server.asked.length = 0;
  const again = await replicaForTest(first.folder);
  expect(again.view()).toMatchObject({ usable: true, asOf: expect.any(String), event: null });
  again.follow(server.url, "token", deskShapes);
  await again.until(live);
  expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
  await expect.poll(() => again.rows("select count(*) as n from calls"), soon).toEqual([{ n: 151 }]);
});

test("a cut in the middle of a first fetch goes on where it was", async () => {
  const server = await serverForTest();
  server.insert("calls", ...calls(3000));
  server.rotate("calls");
  const first = await replicaForTest();
  first.follow(server.url, "token", deskShapes);
  await first.until((v) => v.revision.calls > 0);
  server.spoil("cut");
  await first.until((v) => v.event === "cut");
  const [held] = await first.rows<{ n: number }>("select count(*) as n from calls");
  expect(held?.n).toBeGreaterThan(0);
  await first.close();
  server.spoil(null);
  server.asked.length = 0;
  const again = await replicaForTest(first.folder);
  again.follow(server.url, "token", deskShapes);
  await again.until(live);
  expect(server.asked.some((a) => a.startsWith("calls -1"))).toBe(false);
  expect(await again.rows("select count(*) as n from calls")).toEqual([{ n: 3000 }]);
  expect(await again.rows("select sum(calls) as n from calls_by_agent")).toEqual([{ n: 3000 }]);
});

test("SPEC 7 and 8: fetched anew, screens are never empty, equal rows move nothing, and what is gone goes", async () => {
  const server = await serverForTest();
  const rows = calls(300);
  server.insert("calls", ...rows);
  server.rotate("calls");
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await replica.until(live);
  const { revision } = replica.view();
  const counts = new Set<number>();
  const watching = new AbortController();
  const watch = (async () => {
    while (!watching.signal.aborted)
      for (const { n } of await replica.rows<{ n: number }>("select count(*) as n from calls")) counts.add(n);
  })();
  server.rotate("calls");
  await expect.poll(() => server.asked.filter((a) => a.startsWith("calls -1")).length, soon).toBe(2);
  await expect
    .poll(() => replica.rows("select refetching from sync_shapes where name = 'calls'"), soon)
    .toEqual([{ refetching: false }]);
  expect(replica.view().revision).toEqual(revision);

  const [gone] = rows;
  server.rows("calls").delete(gone?.id ?? "");
  const added = callRow();
  server.rows("calls").set(added.id ?? "", added);
  server.rotate("calls");
  await expect
    .poll(() => replica.rows("select id from calls where id = any ($1::uuid[])", [[gone?.id, added.id]]), soon)
    .toEqual([{ id: added.id }]);
  await replica.until((v) => live(v) && v.revision.calls > revision.calls);
  watching.abort();
  await watch;
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(300);
  expect(await replica.rows("select sum(calls) as n from calls_by_hour")).toEqual([{ n: 300 }]);
  expect(await replica.rows("select count(*) as n from sync_seen")).toEqual([{ n: 0 }]);
});

test("SPEC 9: refused, the rows stay; a new session goes on with them", async () => {
  const server = await serverForTest();
  server.insert("calls", ...calls(20));
  server.rotate("calls");
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await replica.until(live);
  server.spoil(401);
  const refused = await replica.until((v) => v.event === "refused");
  expect(refused.problem).toBe("The test says no.");
  expect(await replica.rows("select count(*) as n from calls")).toEqual([{ n: 20 }]);
  server.spoil(null);
  server.asked.length = 0;
  replica.follow(server.url, "another", deskShapes);
  await replica.until(live);
  expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
});

test("SPEC 10 and 11: without the server it waits; asked, it tries at once; asOf tells when it last was equal", async () => {
  const server = await serverForTest({ longPoll: 50 });
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  const { asOf } = await replica.until(live);
  await replica.until((v) => live(v) && String(v.asOf) > String(asOf));
  server.spoil(500);
  const cut = await replica.until((v) => v.event === "cut");
  server.spoil(null);
  replica.retry();
  const again = await replica.until((v) => live(v) && String(v.asOf) > String(cut.asOf));
  expect(again.problem).toBeNull();
});

test("a row of a table that another refers to may come later, and two rows may trade what was unique", async () => {
  const server = await serverForTest();
  const replica = await replicaForTest();
  replica.follow(server.url, "token", deskShapes);
  await replica.until(live);
  const [a, b] = [randomUUID(), randomUUID()];
  server.insert(
    "queues",
    { id: a, clinic_id: clinicId, location_id: randomUUID(), name: "One" },
    { id: b, clinic_id: clinicId, location_id: null, name: "Two" },
  );
  server.update("queues", a, { name: "Two" });
  server.update("queues", b, { name: "One" });
  await expect
    .poll(() => replica.rows("select id, name from queues order by name"), soon)
    .toEqual([
      { id: b, name: "One" },
      { id: a, name: "Two" },
    ]);
});
