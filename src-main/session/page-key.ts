import { hkdfSync } from "node:crypto";

/**
 * The key of what a window keeps of a person in its browser's profile, as base64 of 32 bytes. It opens nothing that the desk keeps: the
 * master key itself never leaves this process.
 * @param key the person's master key
 */
export const pageKey = (key: Uint8Array): string =>
  Buffer.from(hkdfSync("sha256", key, new Uint8Array(), "page", 32)).toString("base64");
