import { createHash, randomBytes } from "node:crypto";

/** No I, L, O, U: nobody takes one for another when it is written down by hand. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten codes of 80 bits; the database keeps their SHA-256, and each is good once. */
export const makeRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () =>
    [...randomBytes(16)]
      .map((byte) => alphabet[byte % 32])
      .join("")
      .replace(/.{4}(?=.)/g, "$&-"),
  );

/** The digest of a code, however it is spaced and cased. */
export const recoveryDigest = (code: string): Buffer =>
  createHash("sha256").update(code.replace(/[\s-]/g, "").toUpperCase()).digest();
