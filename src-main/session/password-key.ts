import { randomBytes, scrypt } from "node:crypto";
import { z } from "zod";

/**
 * How a key was made of a password: kept beside what it wraps, so that later versions can ask for more work. Upper bounds
 * keep a file that was tampered with from taking the memory of the machine.
 */
export const passwordWork = z.object({
  salt: z.base64(),
  N: z.number().int().min(2 ** 15).max(2 ** 20),
  r: z.number().int().min(8).max(16),
  p: z.number().int().min(1).max(4),
}); // prettier-ignore
export type PasswordWork = z.infer<typeof passwordWork>;

/** What OWASP asks of scrypt at 64 MB with two passes: 0.3 s on a slow desk. (Electron's BoringSSL has no argon2.) */
export const newPasswordWork = (): PasswordWork => ({
  salt: randomBytes(16).toString("base64"),
  N: 2 ** 16,
  r: 8,
  p: 2,
});

/** 32 bytes of a password. The same letters give the same key, whichever way a keyboard composes them (NFC). */
export function passwordKey(password: string, { salt, N, r, p }: PasswordWork): Promise<Buffer> {
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), Buffer.from(salt, "base64"), 32, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
