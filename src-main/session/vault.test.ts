import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KeyWrapper } from "./key-wrapper.ts";
import { createVault, eraseVault, openVault, rewrapVault } from "./vault.ts";
import { seal, unseal } from "./seal.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard-vault-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A system's secret store: what it wraps only it unwraps. */
function store(): KeyWrapper {
  const own = randomBytes(32);
  return {
    wrap: async (secret) => seal(own, "store", secret),
    unwrap: async (wrapped) => unseal(own, "store", wrapped),
  };
}

test("a password opens the key that was made, another does not, and the key is nowhere in the file", async () => {
  const key = await createVault(folder, { password: "Zoë's long passphrase", wrapper: null });
  expect(key).toHaveLength(32);
  expect(await openVault(folder, { password: "Zoë's long passphrase" })).toEqual({ ok: key });
  // The same letters, composed of letter and diaeresis.
  expect(await openVault(folder, { password: "Zoë's long passphrase".normalize("NFD") })).toEqual({ ok: key });
  expect(await openVault(folder, { password: "zoë's long passphrase" })).toEqual({ failed: "wrongPassword" });
  expect(await openVault(folder, { wrapper: store() })).toEqual({ failed: "notWrapped" });
  const bytes = await readFile(join(folder, "vault.json"));
  for (const text of [key.toString("base64"), key.toString("hex"), "passphrase"])
    expect(bytes.includes(text)).toBe(false);
  expect(bytes.includes(key)).toBe(false);
  expect(await readdir(folder)).toEqual(["vault.json"]);
});

test.skipIf(process.platform === "win32")("only this account may read the vault", async () => {
  await createVault(folder, { password: null, wrapper: store() });
  expect((await stat(join(folder, "vault.json"))).mode & 0o777).toBe(0o600);
});

test("the system's store opens it; another account's doesn't", async () => {
  const mine = store();
  const key = await createVault(folder, { password: null, wrapper: mine });
  expect(await openVault(folder, { wrapper: mine })).toEqual({ ok: key });
  expect(await openVault(folder, { wrapper: store() })).toEqual({ failed: "unreadable" });
  expect(await openVault(folder, { password: "any" })).toEqual({ failed: "notWrapped" });
});

test("a new password, a store that comes or goes: the key stays", async () => {
  const mine = store();
  const key = await createVault(folder, { password: "first password", wrapper: null });
  await rewrapVault(folder, key, { password: "second password" });
  expect(await openVault(folder, { password: "first password" })).toEqual({ failed: "wrongPassword" });
  await rewrapVault(folder, key, { wrapper: mine });
  expect(await openVault(folder, { password: "second password" })).toEqual({ ok: key });
  expect(await openVault(folder, { wrapper: mine })).toEqual({ ok: key });
  await rewrapVault(folder, key, { password: null });
  expect(await openVault(folder, { password: "second password" })).toEqual({ failed: "notWrapped" });
  await expect(rewrapVault(folder, key, { wrapper: null })).rejects.toThrow(/only wrapped/);
  expect(await openVault(folder, { wrapper: mine })).toEqual({ ok: key });
});

test("no way to wrap it, no key; no vault, an unreadable vault and an erased one say so", async () => {
  await expect(createVault(folder, { password: null, wrapper: null })).rejects.toThrow(/only wrapped/);
  expect(await openVault(folder, { password: "x" })).toEqual({ failed: "none" });
  await createVault(folder, { password: "x", wrapper: null });
  await eraseVault(folder);
  await eraseVault(folder);
  expect(await openVault(folder, { password: "x" })).toEqual({ failed: "none" });
  for (const text of [
    "",
    "{}",
    '{"version":1,"bySystem":"AAAA","byPassword":{"salt":"AAAA","N":1073741824,"r":8,"p":1}}',
  ]) {
    await writeFile(join(folder, "vault.json"), text);
    expect(await openVault(folder, { password: "x" })).toEqual({ failed: "unreadable" });
  }
});

test("a vault whose wrapped key was changed gives no key", async () => {
  await createVault(folder, { password: "x", wrapper: null });
  const file = join(folder, "vault.json");
  const held = JSON.parse(await readFile(file, "utf8")) as { byPassword: { wrapped: string } };
  const wrapped = Buffer.from(held.byPassword.wrapped, "base64");
  wrapped[wrapped.length - 1] = (wrapped.at(-1) ?? 0) ^ 1;
  held.byPassword.wrapped = wrapped.toString("base64");
  await writeFile(file, JSON.stringify(held));
  expect(await openVault(folder, { password: "x" })).toEqual({ failed: "wrongPassword" });
});
