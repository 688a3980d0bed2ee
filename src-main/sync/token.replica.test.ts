import { expect, onTestFinished, test } from "vitest";
import { replicaForTest } from "../replica/test-replica.ts";
import { callRow, clinicRow, deskShapes } from "./test-rows.ts";
import { testShapeServer } from "./test-shape-server.ts";

/** A server that takes the tokens in `good`, and remembers which were shown. */
async function serverForTest(longPoll: number, calls = 20) {
  const good = new Set(["one"]);
  const shown: string[] = [];
  const refusal: { body: object } = { body: {} };
  const server = await testShapeServer({
    longPoll,
    chunk: 10,
    refusal: () => refusal.body,
    allowed: ({ headers }) => {
      const token = (headers.authorization ?? "").replace("Bearer ", "");
      shown.push(token);
      return good.has(token);
    },
  });
  onTestFinished(() => server.close());
  server.insert("clinics", clinicRow);
  server.insert("calls", ...Array.from({ length: calls }, () => callRow()));
  server.rotate("clinics");
  server.rotate("calls");
  return { server, good, shown, refusal };
}

test("SPEC 17: a newer token is used from the next request on, and restarts nothing", async () => {
  const { server, good, shown } = await serverForTest(200);
  const replica = await replicaForTest();
  replica.follow(server.url, "one", deskShapes);
  await replica.until((v) => v.event === "upToDate");
  const before = replica.views.length;
  good.add("two");
  replica.retoken("two");
  await expect.poll(() => shown.slice(-8).every((t) => t === "two"), { timeout: 15_000 }).toBe(true);
  good.delete("one");
  const row = callRow();
  server.insert("calls", row);
  await expect.poll(() => replica.rows("select id from calls where id = $1", [row.id])).toEqual([{ id: row.id }]);
  expect(replica.views.slice(before).map((v) => v.event)).not.toContain("refused");
  expect(server.asked.filter((a) => a.startsWith("calls -1"))).toHaveLength(1);
});

test("SPEC 17: refused, it says why, waits for a new token, and goes on at once with the rows it has", async () => {
  const { server, good, refusal } = await serverForTest(200);
  const replica = await replicaForTest();
  replica.follow(server.url, "one", deskShapes);
  await replica.until((v) => v.event === "upToDate");
  good.clear();
  refusal.body = { reason: "accountDisabled", receipt: "a receipt" };
  const refused = await replica.until((v) => v.event === "refused");
  expect(refused.refusal).toEqual({ reason: "accountDisabled", receipt: "a receipt" });
  good.add("two");
  replica.retoken("two");
  const again = await replica.until((v) => v.event === "upToDate");
  expect(again.refusal).toBeNull();
  expect(server.asked.filter((a) => a.includes(" -1 "))).toHaveLength(deskShapes.length);
  expect(await replica.rows("select count(*) as n from calls")).toEqual([{ n: 20 }]);
});

test("SPEC 17: a token that runs out in the middle of a first sync is replaced without beginning again", async () => {
  const { server, good } = await serverForTest(200, 3000);
  const replica = await replicaForTest();
  replica.follow(server.url, "one", deskShapes);
  await replica.until((v) => v.revision.calls > 0);
  good.clear();
  await replica.until((v) => v.event === "refused");
  good.add("two");
  replica.retoken("two");
  await replica.until((v) => v.event === "upToDate");
  expect(await replica.rows("select count(*) as n, count(distinct id) as ids from calls")).toEqual([{ n: 3000, ids: 3000 }]); // prettier-ignore
  expect(server.asked.filter((a) => a.startsWith("calls -1"))).toHaveLength(1);
});

test("SPEC 17: a token that came while the old one was being refused is tried first", async () => {
  const { server, good } = await serverForTest(60_000);
  const replica = await replicaForTest();
  replica.follow(server.url, "one", deskShapes);
  await replica.until((v) => v.event === "upToDate");
  const before = replica.views.length;
  good.add("two");
  replica.retoken("two");
  // The polls that wait were asked with the old one, and are refused for it when they end.
  good.delete("one");
  server.wake();
  const row = callRow();
  server.insert("calls", row);
  await expect.poll(() => replica.rows("select id from calls where id = $1", [row.id]), { timeout: 15_000 }).toEqual([{ id: row.id }]); // prettier-ignore
  expect(replica.views.slice(before).map((v) => v.event)).not.toContain("refused");
});
