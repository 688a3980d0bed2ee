import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { databaseForTest } from "../database/test-database.ts";
import { anchorFile, keepAnchors } from "./keep-anchors.ts";
import { createTrail } from "./trail.ts";

/** `npm run audit:verify` as a person runs it, beside a running server. */
async function verify(url: string | undefined, folder: string) {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, "verify-command.ts"), "--data", folder], {
    env: url ? { ...env, DATABASE_URL: url } : env,
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}
async function running() {
  const database = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), "careboard-verify-"));
  const anchors = await keepAnchors({ system: database.system, folder, log: pino({ level: "silent" }), every: 50 });
  onTestFinished(async () => {
    await anchors.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { ...database, folder, anchors, trail: createTrail(database.system, anchors.written) };
}

test("a log that goes on growing holds, and is counted", async () => {
  const { url, folder, trail } = await running();
  const line = { action: "view", subject: "calls.one" } as const;
  for (let n = 0; n < 100; n++) await trail.write(line);
  const stop = new AbortController();
  const writing = (async () => {
    while (!stop.signal.aborted) await trail.write([line, line]);
  })();
  const verdict = await verify(url, folder);
  stop.abort();
  await writing;
  expect(verdict).toMatchObject({ code: 0, err: "" });
  expect(
    Number(/holds: (\d+) lines, \d+ anchors\. It ends with [0-9a-f]{64}\./.exec(verdict.out)?.[1]),
  ).toBeGreaterThanOrEqual(100);
});

test("exit 1 names the line and what is wrong with it", async () => {
  const { url, folder, trail, owner, anchors } = await running();
  for (let n = 0; n < 5; n++) await trail.write({ action: "view", subject: "calls.one" });
  await anchors.stop();
  await owner.query("alter table audit_log disable trigger user; update audit_log set subject = 'x' where id = 3");
  expect(await verify(url, folder)).toEqual({
    code: 1,
    out: "",
    err: "The audit log does not hold. Line 3 does not give its hash: it was changed after it was written, or put in.\n",
  });
  await owner.query("update audit_log set subject = 'calls.one' where id = 3");
  expect((await verify(url, folder)).code).toBe(0);
  await unlink(anchorFile(folder));
  expect(await verify(url, folder)).toMatchObject({
    code: 1,
    err: expect.stringContaining("anchors are missing") as string,
  });
});

test("a mistyped folder is said, and makes nothing", async () => {
  const verdict = await verify(undefined, join(tmpdir(), "careboard-nowhere"));
  expect(verdict).toMatchObject({ code: 1, err: expect.stringContaining("check --data") as string });
});
