import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * A secret of 32 bytes in the data folder, readable by its owner alone; made at the first start.
 * @throws an Error that names the file and says what removing it means, when it is damaged
 */
export function keyFile(folder: string, name: string, removed: string): Uint8Array {
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(file, "wx", 0o600);
    writeSync(handle, randomBytes(32));
    fsyncSync(handle);
    closeSync(handle);
  }
  const key = readFileSync(file);
  if (key.length !== 32)
    throw new Error(`${file} is damaged: put it back from a backup, or remove it, and ${removed}.`);
  return key;
}
