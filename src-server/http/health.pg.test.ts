import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { startAudit } from "../audit/start-audit.ts";
import { openHandles } from "../database/handles.ts";
import { databaseForTest } from "../database/test-database.ts";
import { startRetention } from "../retention/start-retention.ts";
import { serverForTest } from "./server-for-test.ts";
import { health } from "./health.ts";

const log = pino({ level: "silent" });
const streaming = { state: "streaming", slot: "s", lagBytes: 0, shapes: 0, waiting: 0, snapshots: 0 } as const;

async function office() {
  const database = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), "careboard-health-"));
  const audit = await startAudit({ system: database.system, folder, log });
  const retention = startRetention({ system: database.system, log });
  onTestFinished(async () => {
    await retention.stop();
    await audit.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const asked = (sync: "streaming" | "waiting for PostgreSQL" = "streaming", systemPool = database.systemPool) =>
    health({
      database: { systemPool },
      shapes: { health: () => ({ ...streaming, state: sync }) },
      audit,
      retention,
      version: "1",
    });
  return { ...database, audit, asked };
}

test("a server that does its work says so of each part", async () => {
  const { audit, asked } = await office();
  await audit.trail.write({ action: "view", subject: "calls.one" });
  expect(await asked()).toEqual({
    status: "ok",
    version: "1",
    database: { state: "ok" },
    sync: streaming,
    ingest: { waitingRecords: 0, rejectedRecords: 0 },
    audit: { state: "ok", lastLine: 1, lastAt: expect.any(String) as string, anchored: 0 },
    retention: { state: "ok", lastRun: null },
  });
});

test("it is degraded while desks are not fed, and while the database can't be reached", async () => {
  const { asked } = await office();
  expect(await asked("waiting for PostgreSQL")).toMatchObject({ status: "degraded", database: { state: "ok" } });
  const nowhere = openHandles("postgresql://nobody:x@127.0.0.1:1/nowhere");
  expect(await asked("streaming", nowhere.systemPool)).toMatchObject({
    status: "degraded",
    database: { state: "unreachable" },
    audit: null,
  });
  await nowhere.end();
});

test("it is degraded once the audit log is not the one that was anchored", async () => {
  const { audit, asked, owner } = await office();
  await audit.trail.write([
    { action: "view", subject: "one" },
    { action: "view", subject: "two" },
  ]);
  await audit.stop();
  await owner.query("alter table audit_log disable trigger user; delete from audit_log where id = 2");
  await audit.stop();
  expect(await asked()).toMatchObject({ status: "degraded", audit: { state: "broken", lastLine: 1 } });
});

test("many who ask at once share one answer, and the next one asks anew", async () => {
  let asked = 0;
  const { ask } = await serverForTest({
    health: async () => {
      asked++;
      await new Promise(setImmediate);
      return { status: "ok" };
    },
  });
  const check = () => ask("GET", "/api/processing/health-check");
  const answers = await Promise.all(Array.from({ length: 20 }, check));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(asked).toBeLessThan(20);
  const before = asked;
  await check();
  expect(asked).toBe(before + 1);
});
