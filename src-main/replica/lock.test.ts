import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lockFolder } from "./lock.ts";

const folder = () => mkdtempSync(join(tmpdir(), "careboard-lock-"));

/** Another process that locks the folder and says so, or why not. */
function other(of: string) {
  const code = `import { lockFolder } from ${JSON.stringify(new URL("./lock.ts", import.meta.url).href)};
    await lockFolder(${JSON.stringify(of)}).then(() => console.log("locked"), (e) => console.log(e.message));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = new Promise<string>((resolve) => child.stdout.once("data", (d: Buffer) => resolve(d.toString().trim())));
  const killed = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return { said, killed, pid: child.pid };
}

test("a folder is locked once, by this process or another, and free again afterwards", async () => {
  const place = folder();
  const unlock = await lockFolder(place);
  await expect(lockFolder(place)).rejects.toThrow(/open already/);
  expect(await other(place).said).toMatch(
    new RegExp(`in use by process ${process.pid} on .*delete the file ${place}/lock`),
  );
  await unlock();
  expect(await other(place).said).toBe("locked");
});

test("a live process keeps its lock; one that was killed gives it up by itself", async () => {
  const place = folder();
  const holder = other(place);
  expect(await holder.said).toBe("locked");
  await expect(lockFolder(place)).rejects.toThrow(`in use by process ${holder.pid}`);
  await holder.killed();
  const unlock = await lockFolder(place);
  await unlock();
  expect(readdirSync(place)).toEqual([]);
});

test("of several that find a dead process's lock, one gets it", async () => {
  const place = folder();
  const dead = other(place);
  await dead.said;
  await dead.killed();
  const said = await Promise.all([other(place).said, other(place).said, other(place).said]);
  expect(said.filter((s) => s === "locked")).toHaveLength(1);
});

test("what can't be proved dead is not taken: another machine's lock, or one that can't be read", async () => {
  for (const content of [JSON.stringify({ pid: 999_999, started: null, host: `not-${hostname()}` }), "…"]) {
    const place = folder();
    writeFileSync(join(place, "lock"), content);
    await expect(lockFolder(place)).rejects.toThrow("delete the file");
    // And it stays refused: the try has left nothing behind that another would stumble over.
    expect(readdirSync(place)).toEqual(["lock"]);
  }
});

test.runIf(process.platform === "linux")("a process number that was given out again is another process", async () => {
  const place = folder();
  writeFileSync(
    join(place, "lock"),
    JSON.stringify({ pid: process.ppid, started: "an earlier boot/1", host: hostname() }),
  );
  await expect(lockFolder(place)).resolves.toBeTypeOf("function");
});
