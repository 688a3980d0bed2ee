import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const always = ["session.sealed", "lease.json", "tries.json"];
const waiting = /^waiting(\.journal|-[\w-]+\.sealed)$/;

/** Removes what is kept of a person's session; their key and their replica are others' part. @param lines also what waits to be delivered */
export async function eraseSession(folder: string, lines: boolean): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => []))
    if (always.includes(name) || (lines && waiting.test(name))) await rm(join(folder, name), { force: true });
}
