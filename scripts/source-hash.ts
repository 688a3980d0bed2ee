import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "./checkout.ts";

/** A digest of these files and folders of the checkout, tests left out: it tells whether what was built of them is still what they say. */
export async function sourceHash(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    const entries = await readdir(join(checkout, path), { recursive: true, withFileTypes: true }).catch(() => null);
    const files = entries?.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of (files ?? [join(checkout, path)]).toSorted()) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(`${file.slice(checkout.length)}\0`).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}
