import { safeStorage } from "electron";

/** Has this system a store that keeps a secret (Keychain, DPAPI, libsecret, kwallet, the desktop portal)? Once Electron is ready. */
export async function hasSecretStore(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== "linux") return true;
  if (["basic_text", "unknown"].includes(safeStorage.getSelectedStorageBackend())) return false;
  // The named store may not run at all. Electron then encrypts with a key that is printed in Chromium's source, and calls that available;
  // only the first three bytes of what it makes tell.
  const probe = await safeStorage.encryptStringAsync("probe").catch(() => Buffer.from("v10"));
  return !probe.toString("latin1").startsWith("v10");
}
