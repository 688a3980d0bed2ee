import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SecretStore } from "../session/secret-store.ts";

/**
 * The secret in a file that only this account may read, for the browser shell, which has no secret store of the system. It is written aside
 * and put in place whole, so that a power cut leaves the old one or the new one.
 */
export function fileSecrets(home: string): SecretStore {
  const file = join(home, "session.secret");
  return {
    read: () => readFile(file, "utf8").catch(() => null),
    write: (secret) => writeWhole(file, secret),
    erase: () => rm(file, { force: true }),
  };
}

/** Writes `file` whole or not at all, for this account alone. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
  const aside = `${file}.new`;
  // The mode counts only for a file that is made anew.
  await rm(aside, { force: true });
  const handle = await open(aside, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
}
