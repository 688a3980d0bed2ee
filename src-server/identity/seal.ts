import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** AES-256-GCM: nonce, tag, ciphertext. `bound` names what the secret belongs to, so that it can't be moved to another row. */
export function seal(key: Uint8Array, bound: string, secret: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(bound));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** What was sealed; null when the key is another one or a byte was changed. */
export function unseal(key: Uint8Array, bound: string, sealed: Uint8Array): Buffer | null {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12), { authTagLength: 16 }).setAAD(
      Buffer.from(bound),
    );
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  } catch {
    return null;
  }
}
