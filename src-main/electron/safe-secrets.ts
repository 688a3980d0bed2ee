import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { safeStorage } from "electron";
import { hasSecretStore } from "./has-secret-store.ts";
import { writeWhole } from "../session/write-whole.ts";
import type { SecretStore } from "../session/secret-store.ts";

/**
 * The secret in a file encrypted by the system's secret store (Keychain, DPAPI, libsecret or kwallet), by Electron's asynchronous calls.
 * Where the system has none (Linux's `basic_text` is clear text in effect) the secret stays in memory: people sign in at each start,
 * and nothing readable lies on the disk.
 */
export function safeSecrets(home: string): SecretStore {
  const file = join(home, "session.safe");
  let held: string | null = null;

  const write = async (secret: string) => {
    held = secret;
    if (await hasSecretStore()) await writeWhole(file, await safeStorage.encryptStringAsync(secret));
    else await rm(file, { force: true });
  };

  return {
    read: async () => {
      if (held !== null || !(await hasSecretStore())) return held;
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) return null;
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes);
        if (shouldReEncrypt) await write(result);
        held = result;
        return result;
      } catch {
        // Another account's file, or a store that was reset: as good as none.
        return null;
      }
    },
    write,
    erase: async () => {
      held = null;
      await rm(file, { force: true });
    },
  };
}
