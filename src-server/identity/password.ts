import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify((parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) =>
  argon2("argon2id", parameters, done),
);

/** OWASP's argon2id parameters (2025): 19 MiB, two passes, one lane. */
const cost = { memory: 19456, passes: 2, parallelism: 1 };

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, the PHC form that other software reads too. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const key = await derive({ message: password.normalize("NFC"), nonce, tagLength: 32, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${b64(nonce)}$${b64(key)}`;
}

/** Whether the password is the one behind the hash; null as the hash costs the same time and is never right. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash ?? "");
  if (!parts) {
    await derive({ message: password.normalize("NFC"), nonce: Buffer.alloc(16), tagLength: 32, ...cost });
    return false;
  }
  const expected = Buffer.from(parts[5] ?? "", "base64");
  const key = await derive({
    message: password.normalize("NFC"),
    nonce: Buffer.from(parts[4] ?? "", "base64"),
    tagLength: expected.length,
    memory: Number(parts[1]),
    passes: Number(parts[2]),
    parallelism: Number(parts[3]),
  });
  return timingSafeEqual(key, expected);
}

const b64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
