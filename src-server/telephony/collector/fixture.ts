import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { onTestFinished } from "vitest";
import { serve } from "../../serve.ts";

/** A folder with a space in its name, gone when the test ends. */
export function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "careboard collector "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server that can be taken away and brought back under the same address. */
export async function serverForTest(app: Hono) {
  let running = await serve((request) => app.fetch(request), { host: "127.0.0.1", port: 0 });
  const { url } = running;
  let up = true;
  const down = async () => {
    if (up) await running.close();
    up = false;
  };
  onTestFinished(down);
  return {
    url,
    down,
    back: async () => {
      running = await serve((request) => app.fetch(request), { host: "127.0.0.1", port: Number(new URL(url).port) });
      up = true;
    },
  };
}

export type Run = { child: ChildProcess; out: () => string; err: () => string; ended: Promise<number | null> };

/** The collector as a process of its own. */
export function collector(folder: string, server: string, ...more: string[]): Run {
  const secret = join(folder, "secret");
  writeFileSync(secret, "Source pbx is ready:\nopen sesame\n");
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "main.ts"), "--source", "pbx", "--server", server, "--secret-file", secret,
      "--spool", join(folder, "pbx.spool"), ...more], // prettier-ignore
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  });
  return { child, out: () => out, err: () => err, ended };
}

/** Waits for what has to become true; how long it takes is no matter of the test. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1500; i++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`waited in vain for: ${what}`);
}
