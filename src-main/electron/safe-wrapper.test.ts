import { randomBytes } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import { safeStorage } from "./electron-stand-in.ts";
import { safeWrapper } from "./safe-wrapper.ts";

vi.mock("electron", () => import("./electron-stand-in.ts"));
afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(safeStorage, { available: true, backend: "gnome_libsecret", mark: "v11" });
});
const wrapper = async () => must(await safeWrapper(), "a wrapper");
const failing = (message: string) =>
  vi.spyOn(safeStorage, "decryptStringAsync").mockRejectedValue(new Error(`safeStorage.decryptStringAsync ${message}`));

test("every byte of a key comes back, also from another start", async () => {
  const secret = randomBytes(32);
  const wrapped = await (await wrapper()).wrap(secret);
  expect(wrapped.includes(secret)).toBe(false);
  expect(await (await wrapper()).unwrap(wrapped)).toEqual(secret);
});

test("a key that the system would now wrap better is handed out to be kept anew", async () => {
  const secret = randomBytes(32);
  const store = await wrapper();
  const wrapped = await store.wrap(secret);
  const renew = vi.fn<(wrapped: Buffer) => Promise<void>>(async () => undefined);
  await store.unwrap(wrapped, renew);
  expect(renew).not.toHaveBeenCalled();
  safeStorage.mark = "v12";
  expect(await store.unwrap(wrapped)).toEqual(secret);
  expect(await store.unwrap(wrapped, renew)).toEqual(secret);
  const [renewed] = must(renew.mock.calls[0], "a call");
  expect(renewed.toString()).toMatch(/^v12/);
  expect(await store.unwrap(renewed)).toEqual(secret);
});

test("what another account wrapped, and what nobody wrapped, is no key", async () => {
  const store = await wrapper();
  expect(await store.unwrap(Buffer.alloc(0))).toBeNull();
  failing("Error while decrypting");
  expect(await store.unwrap(Buffer.from("v11x"))).toBeNull();
});

test("a store that is locked for the moment is said to be, and isn't taken for a lost key", async () => {
  const store = await wrapper();
  failing("is temporarily unavailable. Please try again.");
  await expect(store.unwrap(Buffer.from("v11x"))).rejects.toThrow("unlock it and try again");
});

test("a system without a store gives none, so that the person's password wraps the key", async () => {
  safeStorage.available = false;
  expect(await safeWrapper()).toBeNull();
});

test.runIf(process.platform === "linux").each([
  { backend: "basic_text" },
  { backend: "unknown" },
  // The store is named, but nothing answers: Chromium's own key would be used.
  { mark: "v10" },
])("Linux without a real store gives none: %o", async (system) => {
  Object.assign(safeStorage, system);
  expect(await safeWrapper()).toBeNull();
});
