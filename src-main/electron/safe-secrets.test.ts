import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { safeStorage } from "./electron-stand-in.ts";
import { safeSecrets } from "./safe-secrets.ts";

vi.mock("electron", () => import("./electron-stand-in.ts"));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard-safe-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  safeStorage.backend = "gnome_libsecret";
  await rm(folder, { recursive: true });
});

test("is written only through the system's secret store, and read again by the next start", async () => {
  await safeSecrets(folder).write("token-1");
  const file = join(folder, "session.safe");
  expect(await readFile(file, "utf8")).not.toContain("token-1");
  expect(await safeSecrets(folder).read()).toBe("token-1");
  await safeSecrets(folder).erase();
  expect(await safeSecrets(folder).read()).toBeNull();
});

test.runIf(process.platform === "linux")("stays in memory where the store is clear text in effect", async () => {
  await safeSecrets(folder).write("older");
  safeStorage.backend = "basic_text";
  const store = safeSecrets(folder);
  await store.write("token-1");
  expect(await store.read()).toBe("token-1");
  expect(await safeSecrets(folder).read()).toBeNull();
  expect(await readdir(folder)).not.toContain("session.safe");
});

test("that can't be read any more is as good as none", async () => {
  const store = safeSecrets(folder);
  await store.write("token-1");
  vi.spyOn(safeStorage, "decryptStringAsync").mockRejectedValue(new Error("another account's"));
  expect(await safeSecrets(folder).read()).toBeNull();
});
