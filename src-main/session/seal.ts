import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { writeWhole } from "./write-whole.ts";

/** How a sealed file begins; the digit is the format's version. */
const magic = Buffer.from("careS\x01\r\n");
const nonceSize = 12;
const tagSize = 16;
const headSize = magic.length + nonceSize + tagSize;

/** A purpose has a key of its own and is authenticated: a file sealed for one is no file of another. */
const keyFor = (key: Uint8Array, purpose: string) =>
  Buffer.from(hkdfSync("sha256", key, new Uint8Array(), `careboard sealed: ${purpose}`, 32));

/** Encrypts a small secret as a whole (AES-256-GCM). @param key 32 bytes: a replica's master key, or a key of a password */
export function seal(key: Uint8Array, purpose: string, content: string | Uint8Array): Buffer {
  const nonce = randomBytes(nonceSize);
  const cipher = createCipheriv("aes-256-gcm", keyFor(key, purpose), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const text = Buffer.concat([cipher.update(content as string, "utf8"), cipher.final()]);
  return Buffer.concat([magic, nonce, cipher.getAuthTag(), text]);
}

/** What was sealed with this key for this purpose; null for anything else: another key, another purpose, a changed byte. */
export function unseal(key: Uint8Array, purpose: string, sealed: Uint8Array): Buffer | null {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  if (bytes.length < headSize || !bytes.subarray(0, magic.length).equals(magic)) return null;
  const nonce = bytes.subarray(magic.length, magic.length + nonceSize);
  const decipher = createDecipheriv("aes-256-gcm", keyFor(key, purpose), nonce, { authTagLength: tagSize });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(headSize - tagSize, headSize));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(headSize)), decipher.final()]);
  } catch {
    return null;
  }
}

/** Writes a file that only who has the key can read, whole or not at all, for this account alone. */
export const sealFile = (path: string, key: Uint8Array, purpose: string, content: string | Uint8Array): Promise<void> =>
  writeWhole(path, seal(key, purpose, content));

/** What `sealFile` wrote; null when there is no file; "damaged" when it wasn't written with this key for this purpose. */
export async function openSealed(path: string, key: Uint8Array, purpose: string): Promise<Buffer | null | "damaged"> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return unseal(key, purpose, bytes) ?? "damaged";
}
