import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Dispatcher } from "./dispatcher.ts";
import { endOfSnapshot } from "./offset.ts";
import type { Tuple, WalMessage } from "./pgoutput.ts";
import { Shape } from "./shape.ts";
import { SnapshotFile } from "./snapshot-file.ts";
import type { Seen } from "./visibility.ts";

const relation = { id: 1, schema: "public", table: "queues", identity: "f", columns: ["id", "name"].map((name) => ({ name, type: 25, modifier: -1, key: true })) }; // prettier-ignore
const seen: Seen = { xmin: 100n, xmax: 110n, inProgress: [105n], lsn: 5000n };

function shapeForTest(): Shape {
  const folder = mkdtempSync(join(tmpdir(), "careboard-dispatch-"));
  const column = {
    type: "text",
    sqlType: "text",
    dims: 0,
    notNull: true,
    told: true,
    generated: false,
    oid: 25,
    modifier: -1,
  };
  const shape = new Shape({
    handle: "h",
    identity: "i",
    definition: { schema: "public", table: "queues", columns: ["id", "name"], filter: null, order: [], replica: "default", log: "full" }, // prettier-ignore
    table: { schema: "public", name: "queues", identity: "f", columns: [{ ...column, name: "id", key: 0 }, { ...column, name: "name", key: null }] }, // prettier-ignore
    seen,
    snapshot: new SnapshotFile(join(folder, "snapshot"), []),
    folder,
  });
  onTestFinished(() => {
    shape.log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return shape;
}

function dispatcherForTest(...shapes: Shape[]) {
  const commits: { touched: number; position: bigint }[] = [];
  const dispatcher = new Dispatcher({
    shapesFor: () => shapes,
    followed: () => true,
    committed: (touched, position) => commits.push({ touched: touched.length, position }),
    outdated: () => {},
  });
  const transaction = (xid: number, commit: bigint, rows: Tuple[], ends = true) => {
    const messages: WalMessage[] = [
      { tag: "begin", commit, xid },
      { tag: "relation", relation },
      ...rows.map((row): WalMessage => ({ tag: "insert", relation: 1, row })),
    ];
    for (const message of messages) dispatcher.handle(message);
    if (ends) dispatcher.handle({ tag: "commit", commit, end: commit + 8n });
  };
  return { dispatcher, commits, transaction };
}

type Told = {
  value: { id: string };
  headers: { operation: string; last?: boolean; op_position: number; lsn: string; txids: number[] };
};
const told = async (shape: Shape) =>
  (await shape.log.read(endOfSnapshot, 1_000_000)).messages.map((m) => JSON.parse(String(m)) as Told);
const ids = async (shape: Shape) => (await told(shape)).map((m) => m.value.id);

test("what the snapshot shows is not told again; what it doesn't show is", async () => {
  const shape = shapeForTest();
  const { transaction } = dispatcherForTest(shape);
  transaction(99, 1000n, [["before", "x"]]);
  transaction(104, 1100n, [["finished", "x"]]);
  transaction(105, 1200n, [["under way", "x"]]);
  transaction(110, 1300n, [["later", "x"]]);
  // The same number of an earlier epoch, behind the snapshot's LSN: it can't be in it.
  transaction(90, 6000n, [["wrapped", "x"]]);
  expect(await ids(shape)).toEqual(["under way", "later", "wrapped"]);
});

test("the last message of a transaction says so, and operations count on", async () => {
  const shape = shapeForTest();
  const { transaction, commits } = dispatcherForTest(shape);
  transaction(200, 7000n, [["a", "x"], ["b", "x"], ["c", "x"]]); // prettier-ignore
  const headers = (await told(shape)).map((m) => m.headers);
  expect(headers.map((h) => [h.op_position, h.last ?? false])).toEqual([[0, false], [2, false], [4, true]]); // prettier-ignore
  expect(headers[0]).toMatchObject({ lsn: "7000", txids: [200] });
  expect(commits).toEqual([{ touched: 1, position: 7008n }]);
});

test("a stream that was cut tells its unfinished transaction once", async () => {
  const shape = shapeForTest();
  const { dispatcher, transaction } = dispatcherForTest(shape);
  transaction(200, 7000n, [["a", "x"]]);
  transaction(201, 7100n, [["b", "x"], ["c", "x"]], false); // prettier-ignore
  dispatcher.abort();
  transaction(200, 7000n, [["a", "x"]]);
  transaction(201, 7100n, [["b", "x"], ["c", "x"]]); // prettier-ignore
  expect(await ids(shape)).toEqual(["a", "b", "c"]);
});

test("a shape whose log holds a transaction already does not take it twice, another one does", async () => {
  const [whole, torn] = [shapeForTest(), shapeForTest()];
  const first = dispatcherForTest(whole);
  first.transaction(200, 7000n, [["a", "x"]]);
  // A new process: its position is behind what one of the logs holds.
  const second = dispatcherForTest(whole, torn);
  second.transaction(200, 7000n, [["a", "x"]]);
  expect(await ids(whole)).toEqual(["a"]);
  expect(await ids(torn)).toEqual(["a"]);
});

test("a snapshot that misses what was told already is refused", () => {
  const { dispatcher, transaction } = dispatcherForTest(shapeForTest());
  transaction(104, 1000n, [["a", "x"]]);
  expect(dispatcher.covers(seen)).toBe(true);
  transaction(105, 1100n, [["b", "x"]]);
  expect(dispatcher.covers(seen)).toBe(false);
  expect(dispatcher.covers({ ...seen, xmin: 106n, inProgress: [] })).toBe(true);
});

test("of a row that is told by its key alone: an update is whole, a delete knows the key, a changed key moves it, and what is passed over counts", async () => {
  const shape = shapeForTest();
  const { dispatcher } = dispatcherForTest(shape);
  const keyed = { ...relation, identity: "i", columns: relation.columns.map((c) => ({ ...c, key: c.name === "id" })) };
  const messages: WalMessage[] = [
    { tag: "begin", commit: 7000n, xid: 200 },
    { tag: "relation", relation: keyed },
    { tag: "update", relation: 1, old: null, keyOnly: false, row: ["a", "now"] },
    { tag: "passed" },
    { tag: "update", relation: 1, old: ["a", null], keyOnly: true, row: ["b", "now"] },
    { tag: "delete", relation: 1, old: ["b", null], keyOnly: true },
    { tag: "commit", commit: 7000n, end: 7008n },
  ];
  for (const message of messages) dispatcher.handle(message);
  const got = (await told(shape)).map(({ value, headers }) => [headers.op_position, headers.operation, value]);
  expect(got).toEqual([
    [0, "update", { id: "a", name: "now" }],
    [4, "delete", { id: "a" }],
    [5, "insert", { id: "b", name: "now" }],
    [6, "delete", { id: "b" }],
  ]);
});
