import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SecretStore } from "./secret-store.ts";
import { writeWhole } from "./write-whole.ts";

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
