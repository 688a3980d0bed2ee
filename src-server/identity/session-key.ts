import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Signs session tokens (HS256). Lives in the data folder, readable by its owner alone; a new one ends every session. */
export type SessionKey = Uint8Array;

export function sessionKey(folder: string): SessionKey {
  const file = join(folder, "session-key");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(file, "wx", 0o600);
    writeSync(handle, randomBytes(32));
    fsyncSync(handle);
    closeSync(handle);
  }
  const key = readFileSync(file);
  if (key.length !== 32) throw new Error(`${file} is damaged: remove it, and everybody signs in again.`);
  return key;
}
