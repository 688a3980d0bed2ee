import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** `sha256=<hex>`: what a sender writes into X-Careboard-Signature. */
export const signatureOf = (secret: string, body: Uint8Array): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const nobodys = randomBytes(32).toString("base64url");

/**
 * Whether a body was signed with the secret. An unknown source (null) costs the same work and the same time as a wrong
 * signature, so that nobody can find out the names of sources.
 */
export function isSignedBy(secret: string | null, body: Uint8Array, signature: string): boolean {
  const expected = createHmac("sha256", secret ?? nobodys)
    .update(body)
    .digest();
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(signature.trim())?.[1] ?? "0".repeat(64);
  return timingSafeEqual(expected, Buffer.from(hex, "hex")) && secret !== null;
}
