import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";

// The command as people start it. It needs no clinic server: a desk without one waits for it.
let data: string;
const started: ChildProcess[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "careboard desk "));
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  await rm(data, { recursive: true, force: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "desk.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const ended = once(child, "exit").then(([code]) => code as number | null);
  let errors = "";
  child.stderr.on("data", (part) => (errors += String(part)));
  const lines = createInterface({ input: child.stdout });
  const line = (begin: string) =>
    new Promise<string>((resolve, reject) => {
      lines.on("line", (text) => {
        if (text.startsWith(begin)) resolve(text.slice(begin.length).trim());
      });
      void ended.then((code) => reject(new Error(`The desk ended with ${code}: ${errors}`)));
    });
  return { child, ended, line, errors: () => errors };
}
const server = ["--server", "http://127.0.0.1:9"];

test(
  "opens the browser shell, lets a browser in, prints the next link, and ends when asked to",
  { timeout: 60_000 },
  async () => {
    const desk = start(...server, "--browser", "--data", data, "--board");
    const next = desk.line("careboard desk link for another window:");
    const link = await desk.line("careboard desk ready ");
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/enter\?token=[\w-]{43}#\/board$/);
    const entered = await fetch(link, { redirect: "manual" });
    expect(entered.status).toBe(303);
    const cookie = String(entered.headers.get("set-cookie")).split(";")[0] ?? "";
    const page = await fetch(new URL("/", link), { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
    expect(new URL(await next).port).toBe(new URL(link).port);
    expect((await stat(join(data, "desk"))).mode & 0o077).toBe(0);
    desk.child.kill("SIGTERM");
    expect(await desk.ended).toBe(0);

    const again = start(...server, "--browser", "--data", data);
    expect(new URL(await again.line("careboard desk ready ")).port).toBe(new URL(link).port);
  },
);

test("says what is wrong with an option or a port, and ends with 1", { timeout: 60_000 }, async () => {
  const nameless = start("--browser");
  expect(await nameless.ended).toBe(1);
  expect(nameless.errors()).toBe("--server is missing: name the clinic server, like --server http://127.0.0.1:8787.\n");
  const first = start(...server, "--browser", "--data", data);
  const { port } = new URL(await first.line("careboard desk ready "));
  const second = start(...server, "--browser", "--data", join(data, "other"), "--port", port);
  expect(await second.ended).toBe(1);
  expect(second.errors()).toBe(
    `Port ${port} is taken: choose another with --port, or leave --port away for any free one.\n`,
  );
});
