import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { callRow, clinicRow, deskShapes } from "../sync/test-rows.ts";
import { testShapeServer } from "../sync/test-shape-server.ts";
import { openReplica } from "./open-replica.ts";
import { replicaFolder, replicaForTest, testKey } from "./test-replica.ts";

/** Another process that opens the replica and follows the server; says "open", or why it can't. */
function otherProcess(folder: string, server: string) {
  const code = `import { openReplica } from ${JSON.stringify(new URL("./open-replica.ts", import.meta.url).href)};
    try {
      const replica = await openReplica({ folder: ${JSON.stringify(folder)}, key: Buffer.alloc(32, 7), onView: () => {}, onBroken: console.log });
      replica.follow(${JSON.stringify(server)}, "token", ${JSON.stringify(deskShapes)});
      console.log("open");
    } catch (error) { console.log(error.message); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: join(import.meta.dirname, "../.."),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = new Promise<string>((resolve) => child.stdout.once("data", (d: Buffer) => resolve(d.toString().trim())));
  const killed = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return { said, killed };
}

test("a second process is refused while the first has the replica open", async () => {
  const replica = await replicaForTest();
  expect(await otherProcess(replica.folder, "http://127.0.0.1:9").said).toMatch(/in use by process/);
  await replica.close();
  expect(await otherProcess(replica.folder, "http://127.0.0.1:9").said).toBe("open");
});

test("SPEC 2: killed in the middle of writing, rows, figures and position still say the same, again and again", async () => {
  const server = await testShapeServer({ chunk: 40 });
  onTestFinished(() => server.close());
  server.insert("clinics", clinicRow);
  server.insert("calls", ...Array.from({ length: 4000 }, () => callRow()));
  server.rotate("clinics");
  server.rotate("calls");
  const folder = await replicaFolder();
  let last = -1;
  for (let kill = 0; kill < 4; kill++) {
    const writing = otherProcess(folder, server.url);
    expect(await writing.said).toBe("open");
    // Eight answers are read ahead; the tenth request for calls goes out when the first answer was committed.
    const asked = () => server.asked.filter((a) => a.startsWith("calls ")).length;
    for (const enough = asked() + 10 + kill * 4; asked() < enough;) await sleep(1);
    await writing.killed();
    const after = await replicaForTest(folder);
    expect(after.erased).toBeNull();
    const [held] = await after.rows<{ n: number; fetched: number; counted: number }>(
      `select (select count(*) from calls) as n, (select coalesce(sum(calls), 0)::int from calls_by_queue) as counted,
         coalesce((select rows_fetched from sync_shapes where name = 'calls'), 0) as fetched`,
    );
    expect(held).toEqual({ n: held?.n, fetched: held?.n, counted: held?.n });
    expect(held?.n).toBeGreaterThanOrEqual(last);
    last = held?.n ?? 0;
    await after.close();
  }
  expect(last).toBeGreaterThan(0);
  const replica = await replicaForTest(folder);
  replica.follow(server.url, "token", deskShapes);
  await replica.until((v) => v.event === "upToDate");
  expect(await replica.rows("select count(*) as n, count(distinct id) as ids from calls")).toEqual([
    { n: 4000, ids: 4000 },
  ]);
  expect(server.asked.filter((a) => a.startsWith("calls -1"))).toHaveLength(1);
});

test("a replica of another version is begun anew, and says why", async () => {
  const first = await replicaForTest();
  await first.rows("insert into replica_migrations values ('999-later.sql', 'x')");
  await first.close();
  const second = await replicaForTest(first.folder);
  expect(second.erased).toMatchObject({
    why: "version",
    detail: expect.stringMatching(/newer version.*999-later\.sql/),
  });
  await second.rows("update replica_migrations set digest = 'x' where name = '003-calls.sql'");
  await second.close();
  expect((await replicaForTest(first.folder)).erased?.detail).toMatch(/003-calls\.sql was changed/);
});

test("a replica that can't be opened is set aside and begun anew", async () => {
  const folder = await replicaFolder();
  writeFileSync(join(folder, "data/global/pg_control"), "not what PostgreSQL wrote");
  const replica = await replicaForTest(folder);
  expect(replica.erased).toEqual({ why: "damaged", detail: expect.stringMatching(/global\/pg_control is damaged/) });
  expect(existsSync(join(folder, "data.damaged/PG_VERSION"))).toBe(true);
  expect(await replica.rows("select count(*) as n from calls")).toEqual([{ n: 0 }]);
});

test("a question with a mistake is refused alone; values come as both engines give them; closed is closed", async () => {
  const replica = await replicaForTest();
  await expect(replica.query("select nonsense")).rejects.toThrow(/nonsense/);
  expect(
    await replica.rows(
      "select 1::int8 as a, '2026-11-20'::date as b, '2026-11-20 14:03:11+00'::timestamptz as c, 1.50 as d, now()::text like '%+00' as utc",
    ),
  ).toEqual([{ a: 1, b: "2026-11-20", c: "2026-11-20T14:03:11.000Z", d: "1.50", utc: true }]);
  await replica.close();
  await expect(replica.query("select 1")).rejects.toThrow(/closed/);
  expect(existsSync(join(replica.folder, "lock"))).toBe(false);
  const again = await openReplica({ folder: replica.folder, key: testKey, onView: () => {}, onBroken: () => {} });
  await again.close();
});
