import { expect, test } from "vitest";
import { testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, type TestEngine } from "./test-engine.ts";

type Who = ReturnType<typeof testMember>;

/** Reads a shape to its end and gives where it stands. */
async function caughtUp(engine: TestEngine, who: Who, table: string) {
  let [offset, handle] = ["-1", ""];
  const offsets: string[] = [];
  for (;;) {
    const answer = await engine.get(who, { table, offset, ...(handle ? { handle } : {}) });
    offset = answer.headers.get("electric-offset") ?? "";
    handle = answer.headers.get("electric-handle") ?? "";
    offsets.push(offset);
    if (answer.headers.has("electric-up-to-date")) return { table, offset, handle, offsets };
  }
}

test("bad requests name each field", async () => {
  const engine = await engineForTest();
  const who = testMember(await testClinic(engine.pool, "north"));
  const errorsOf = async (query: Record<string, string>) => {
    const answer = await engine.get(who, query);
    expect(answer.status).toBe(400);
    return Object.keys(((await answer.json()) as { errors: object }).errors).sort();
  };
  expect(await errorsOf({})).toEqual(["offset", "table"]);
  expect(await errorsOf({ table: "calls", offset: "5" })).toEqual(["offset"]);
  expect(await errorsOf({ table: "calls", offset: "0_inf" })).toEqual(["handle"]);
  expect(await errorsOf({ table: "calls", offset: "-1", live: "true" })).toEqual(["live"]);
  expect(await errorsOf({ table: "calls", offset: "now", live_sse: "true" })).toEqual(["live_sse"]);
  expect(await errorsOf({ table: "calls", offset: "-1", replica: "some", log: "x" })).toEqual(["log", "replica"]);
  expect(await errorsOf({ table: "calls", offset: "99999999999999999999_0", handle: "x" })).toEqual(["offset"]);
});

test("a snapshot ends with what it shows, and nothing of it may be cached", async () => {
  const engine = await engineForTest();
  const who = testMember(await testClinic(engine.pool, "north"));
  const { offsets, handle } = await caughtUp(engine, who, "locations");
  expect(offsets.at(-1)).toBe("0_inf");
  const first = await engine.get(who, { table: "locations", offset: "-1" });
  const messages = (await first.json()) as { key?: string; headers: Record<string, unknown> }[];
  expect(messages.map((m) => m.headers.operation ?? m.headers.control)).toEqual(["insert", "snapshot-end"]);
  expect(messages[1]?.headers).toMatchObject({ xmin: expect.stringMatching(/^\d+$/), xip_list: expect.any(Array) });
  expect(first.headers.get("cache-control")).toBe("private, no-store");
  expect(first.headers.has("electric-up-to-date")).toBe(false);
  expect(JSON.parse(first.headers.get("electric-schema") ?? "")).toMatchObject({
    id: { type: "uuid", not_null: true },
  });
  const again = await engine.get(
    who,
    { table: "locations", offset: "-1" },
    { "if-none-match": first.headers.get("etag") ?? "" },
  );
  expect([again.status, again.headers.get("electric-handle")]).toEqual([304, handle]);
});

test("a long snapshot comes in chunks, the newest calls in the first", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 6000);
  const who = testMember(clinic);
  const { offsets } = await caughtUp(engine, who, "calls");
  expect(offsets.slice(0, 3)).toEqual(["0_0", "0_1", "0_2"]);
  const first = (await (await engine.get(who, { table: "calls", offset: "-1" })).json()) as {
    value?: { call_id: string };
  }[];
  expect(first[0]?.value?.call_id).toBe("6000");
});

test("a poll waits, and a commit to one shape wakes the session's other polls", async () => {
  const engine = await engineForTest({ longPoll: 30_000 });
  const clinic = await testClinic(engine.pool, "north");
  const [who, other] = [testMember(clinic), testMember(clinic)];
  const calls = await caughtUp(engine, who, "calls");
  const agents = await caughtUp(engine, who, "agents");
  const theirs = await caughtUp(engine, other, "agents");
  const poll = (by: Who, { table, offset, handle }: typeof calls) =>
    engine.get(by, { table, offset, handle, live: "true" });
  const waiting = [poll(who, calls), poll(who, agents)] as const;
  let woken = false;
  const stranger = poll(other, theirs).then(() => {
    woken = true;
    return null;
  });
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(3);
  await testCalls(engine.pool, clinic, 1, 1);
  const [changed, sibling] = await Promise.all(waiting);
  const bodies = [await changed.json(), await sibling.json()] as { headers: Record<string, string> }[][];
  expect(bodies.map((b) => b.map((m) => m.headers.operation ?? m.headers.control))).toEqual([["insert", "up-to-date"], ["up-to-date"]]); // prettier-ignore
  const commit = BigInt(bodies[0]?.[0]?.headers.lsn ?? 0);
  expect(BigInt(bodies[1]?.[0]?.headers.global_last_seen_lsn ?? 0)).toBeGreaterThanOrEqual(commit);
  expect(sibling.headers.get("electric-offset")).toBe(agents.offset);
  expect(sibling.headers.get("electric-cursor")).not.toBe(changed.headers.get("electric-cursor"));
  // The other session follows no shape that was touched: it goes on waiting.
  expect(woken).toBe(false);
  await engine.shapes().stop();
  await stranger;
});

test("a desk that goes on waiting after a restart of the server is woken", async () => {
  const engine = await engineForTest({ longPoll: 60_000 });
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  const calls = only(await caughtUp(engine, who, "calls"));
  await engine.restart();
  const waiting = engine.get(who, { ...calls, live: "true" });
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(1);
  await testCalls(engine.pool, clinic, 1, 1);
  expect(await (await waiting).json()).toMatchObject([{ headers: { operation: "insert" } }, {}]);
}, 30_000);

test("a sibling that was between two polls when the commit came is answered at once", async () => {
  const engine = await engineForTest({ longPoll: 30_000 });
  const clinic = await testClinic(engine.pool, "north");
  const who = testMember(clinic);
  const calls = await caughtUp(engine, who, "calls");
  const agents = await caughtUp(engine, who, "agents");
  const waiting = engine.get(who, { ...only(calls), live: "true" });
  await testCalls(engine.pool, clinic, 1, 1);
  await waiting;
  const late = await engine.get(who, { ...only(agents), live: "true" });
  expect(await late.json()).toMatchObject([{ headers: { control: "up-to-date" } }]);
});

test("nobody may keep more than sixty-four requests waiting", async () => {
  const engine = await engineForTest({ longPoll: 30_000 });
  const who = testMember(await testClinic(engine.pool, "north"));
  const agents = only(await caughtUp(engine, who, "agents"));
  const waiting = Array.from({ length: 64 }, () => engine.get(who, { ...agents, live: "true" }));
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(64);
  const refused = await engine.get(who, { ...agents, live: "true" });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "5"]);
  expect((await engine.get(who, { ...agents, live: "true", live_sse: "true" })).status).toBe(429);
  await engine.shapes().stop();
  await Promise.all(waiting);
});

test("a reader that leaves frees its place", async () => {
  const engine = await engineForTest({ longPoll: 30_000 });
  const who = testMember(await testClinic(engine.pool, "north"));
  const agents = only(await caughtUp(engine, who, "agents"));
  const controller = new AbortController();
  const waiting = engine.get(who, { ...agents, live: "true" }, {}, controller.signal);
  await expect.poll(() => engine.shapes().health().waiting, { timeout: 15_000 }).toBe(1);
  controller.abort();
  expect(engine.shapes().health().waiting).toBe(0);
  await waiting;
});

test("now begins behind everything, without a snapshot", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 3);
  const who = testMember(clinic);
  const answer = await engine.get(who, { table: "calls", offset: "now" });
  expect(await answer.json()).toMatchObject([{ headers: { control: "up-to-date" } }]);
  const bare = await engine.get(who, { table: "calls", offset: "-1", log: "changes_only" });
  expect(bare.headers.get("electric-offset")).toBe("0_inf");
  expect(await bare.json()).toMatchObject([{ headers: { control: "snapshot-end" } }]);
});

const only = ({ table, offset, handle }: { table: string; offset: string; handle: string }) => ({
  table,
  offset,
  handle,
});
