import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDiskFull } from "./broken.ts";
import { lockFolder } from "./lock.ts";

/**
 * Removes a replica's files for good, what was set aside and what was half made included. Other files of the folder (the vault,
 * the session) stay.
 *
 * @throws an Error for people, when a process has the replica open; nothing was removed then
 */
export async function eraseReplica(folder: string): Promise<void> {
  const unlock = await lockFolder(folder).catch(async (error: unknown) => {
    // Not even a lock fits on a full disk. Where nobody has one, the log makes the room for it.
    if (!isDiskFull(error) || existsSync(join(folder, "lock"))) throw error;
    await rm(join(folder, "data/pg_wal"), { recursive: true, force: true, maxRetries: 5 });
    return lockFolder(folder);
  });
  try {
    const names = (await readdir(folder)).filter((name) => name === "data" || name.startsWith("data."));
    // Windows keeps a file for a moment after its process is gone.
    for (const name of names) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  } finally {
    await unlock();
  }
}
