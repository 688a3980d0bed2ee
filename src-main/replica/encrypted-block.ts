import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";

/** PostgreSQL's own block. */
export const blockSize = 8192;
const nonceSize = 12;
const tagSize = 16;
/** Nonce, tag and cipher text, one after the other. */
export const sealedSize = nonceSize + tagSize + blockSize;

/** Random nonces, drawn some hundred at a time: a draw costs more than the bytes. */
const nonces = Buffer.alloc(nonceSize * 512);
let drawn = nonces.length;

/** Encrypts one block by AES-256-GCM to `into` from `at` on. `bound` is authenticated with it. */
export function sealBlock(key: KeyObject, bound: Buffer, clear: Uint8Array, into: Buffer, at: number): void {
  if (drawn === nonces.length) {
    randomFillSync(nonces);
    drawn = 0;
  }
  const nonce = nonces.subarray(drawn, drawn + nonceSize);
  drawn += nonceSize;
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(bound);
  into.set(nonce, at);
  into.set(cipher.update(clear), at + nonceSize + tagSize);
  cipher.final();
  into.set(cipher.getAuthTag(), at + nonceSize);
}

/** The clear text of a block; null when it isn't what was sealed with this key and `bound`. */
export function unsealBlock(key: KeyObject, bound: Buffer, from: Buffer, at: number): Buffer | null {
  const textAt = at + nonceSize + tagSize;
  const decipher = createDecipheriv("aes-256-gcm", key, from.subarray(at, at + nonceSize), { authTagLength: tagSize });
  decipher.setAAD(bound);
  decipher.setAuthTag(from.subarray(at + nonceSize, textAt));
  const clear = decipher.update(from.subarray(textAt, textAt + blockSize));
  try {
    decipher.final();
    return clear;
  } catch {
    return null;
  }
}
