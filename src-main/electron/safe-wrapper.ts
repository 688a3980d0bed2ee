import { safeStorage } from "electron";
import { hasSecretStore } from "./has-secret-store.ts";
import type { KeyWrapper } from "../session/key-wrapper.ts";

const wrap = (secret: Buffer): Promise<Buffer> => safeStorage.encryptStringAsync(secret.toString("base64"));

/**
 * The system's secret store (Keychain, DPAPI, libsecret or kwallet) by Electron's asynchronous calls, or null where it has none: then the
 * person's password wraps the key. Call it once Electron is ready.
 */
export async function safeWrapper(): Promise<KeyWrapper | null> {
  if (!(await hasSecretStore())) return null;
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
