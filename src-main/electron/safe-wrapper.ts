import { safeStorage } from "electron";
import type { KeyWrapper } from "../session/key-wrapper.ts";

/** Beside what the type asks for: where the system has a newer key, `renew` is handed the secret wrapped with that one, to be kept instead. */
type SafeWrapper = Omit<KeyWrapper, "unwrap"> & {
  unwrap(wrapped: Buffer, renew?: (wrapped: Buffer) => Promise<void>): Promise<Buffer | null>;
};

const wrap = (secret: Buffer): Promise<Buffer> => safeStorage.encryptStringAsync(secret.toString("base64"));

/**
 * The system's secret store (Keychain, DPAPI, libsecret or kwallet) by Electron's asynchronous calls, or null where it has none: then the
 * person's password wraps the key. Call it once Electron is ready.
 */
export async function safeWrapper(): Promise<SafeWrapper | null> {
  if (!(await isSecret())) return null;
  return {
    wrap,
    unwrap: async (wrapped, renew) => {
      // Electron answers nothing for nothing, instead of refusing it.
      if (wrapped.length === 0) return null;
      const opened = await open(wrapped);
      if (opened === null) return null;
      const secret = Buffer.from(opened.result, "base64");
      if (opened.shouldReEncrypt) await renew?.(await wrap(secret));
      return secret;
    },
  };
}

async function open(wrapped: Buffer) {
  try {
    return await safeStorage.decryptStringAsync(wrapped);
  } catch (error) {
    // A store that is locked for the moment isn't one that lost the key: nobody shall erase their data for that.
    if (String(error).includes("temporarily unavailable"))
      throw new Error("The system's secret store doesn't answer: unlock it and try again.", { cause: error });
    return null;
  }
}

async function isSecret(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== "linux") return true;
  if (["basic_text", "unknown"].includes(safeStorage.getSelectedStorageBackend())) return false;
  // The named store may not run at all. Chromium then takes a key that is part of its source, and says so by the first three bytes only.
  const probe = await safeStorage.encryptStringAsync("probe").catch(() => Buffer.from("v10"));
  return !probe.toString("latin1").startsWith("v10");
}
