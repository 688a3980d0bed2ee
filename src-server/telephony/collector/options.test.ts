import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ownAlone } from "./own-alone.ts";
import { readOptions, readSecret } from "./options.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "careboard collector "));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
const words = (secret: string, ...more: string[]) =>
  ["--source", "pbx", "--server", "http://127.0.0.1:8787", "--secret-file", secret, ...more]; // prettier-ignore

test("the secret is the last line of its file, as the command that made it printed it", () => {
  const secret = join(folder(), "secret");
  writeFileSync(secret, "> careboard@0.1.0 source\n\nSource pbx is ready:\nabc123\n\n");
  expect(readSecret(secret)).toBe("abc123");
  writeFileSync(secret, " \n");
  expect(() => readSecret(secret)).toThrow("is empty");
  expect(() => readSecret(`${secret}-not`)).toThrow("--secret-file");
});

test("one way in, and errors that name the option", () => {
  const secret = join(folder(), "secret");
  writeFileSync(secret, "abc");
  expect(readOptions(words(secret, "--listen", "0.0.0.0:33555", "--spool", "/x")).input).toEqual({
    kind: "listen",
    address: { host: "0.0.0.0", port: 33555 },
  });
  expect(readOptions(words(secret, "--listen", "5000", "--spool", "/x")).input).toMatchObject({
    address: { host: "0.0.0.0", port: 5000 },
  });
  expect(readOptions(words(secret, "--connect", "[::1]:5000", "--spool", "/x")).input).toMatchObject({
    address: { host: "::1" },
  });
  expect(readOptions(words(secret, "--file", secret, "--spool", "/x"))).toMatchObject({
    input: { kind: "file", follow: false },
    spool: "/x",
  });
  for (const [more, message] of [
    [[], "Usage:"],
    [["--file", "a", "--listen", "1"], "Usage:"],
    [["--listen", "1", "--follow"], "--follow goes with --file"],
    [["--connect", "5000"], "--connect takes HOST:PORT"],
    [["--listen", "a:b"], "--listen takes HOST:PORT"],
    [["--file", `${secret}-not`], "There is no file"],
    [["--listen", "1", "--server", "clinic"], "--server takes"],
    [["--listen", "1", "--source", "../x"], "--source takes"],
  ] as const)
    expect(() => readOptions(words(secret, ...more))).toThrow(message);
});

test("one collector a spool; a lock that a killed one left is taken over", () => {
  const lock = join(folder(), "new", "pbx.lock");
  const letGo = ownAlone(lock);
  writeFileSync(lock, "1");
  // Process 1 runs, but is no collector where that can be seen.
  if (process.platform === "linux") ownAlone(lock)();
  writeFileSync(lock, "999999999");
  ownAlone(lock)();
  letGo();
  expect(() => ownAlone(lock)()).not.toThrow();
});
