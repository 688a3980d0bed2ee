import { Secret, TOTP } from "otpauth";

const period = 30;

/** Six digits every 30 seconds by SHA-1: what every authenticator app speaks. */
export const totpOf = (secret: Secret, email: string): TOTP =>
  new TOTP({ issuer: "Careboard", label: email, algorithm: "SHA1", digits: 6, period, secret });

/** The step whose code this is, one before or after now at most; null where it is no code of this secret. */
export function stepOf(secret: Uint8Array, code: string, now: number): number | null {
  const own = new Secret({ buffer: new Uint8Array(secret).buffer });
  const delta = totpOf(own, "").validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}
