import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tryLimit, waitAfter } from "./try-limit.ts";

async function folderForTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "careboard-tries-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("five wrong passwords are free of waiting but the last, then it doubles up to a minute", () => {
  expect([1, 4, 5, 6, 7, 10, 11, 400].map(waitAfter)).toEqual([0, 0, 1000, 2000, 4000, 32_000, 60_000, 60_000]);
});

test("what was counted survives the program, and the right password forgets it", async () => {
  const folder = await folderForTest();
  let now = 1_000_000;
  for (let i = 0; i < 6; i++) await tryLimit(folder, () => now).begin();
  const again = tryLimit(folder, () => now);
  expect(await again.wait()).toBe(2);
  now += 2000;
  expect(await again.wait()).toBe(0);
  // The try that was right had begun as well: it is not one of those before.
  await again.begin();
  expect(await again.right()).toBe(6);
  expect(await again.wait()).toBe(0);
  expect(await again.right()).toBe(0);
});

test("a clock that is set back makes nobody wait longer than a minute; a file that can't be read counts for nothing", async () => {
  const folder = await folderForTest();
  let now = 1e12;
  const limit = tryLimit(folder, () => now);
  for (let i = 0; i < 20; i++) await limit.begin();
  now -= 1e11;
  expect(await limit.wait()).toBe(60);
  await writeFile(join(folder, "tries.json"), "half");
  expect(await limit.wait()).toBe(0);
});
