import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { dataHome } from "#shared/kit/data-home.ts";

/** The sources lie one folder below the checkout, the built main process two. */
const roots = [join(import.meta.dirname, ".."), join(import.meta.dirname, "../..")];

/**
 * The desk's own folder inside the data folder (`data`, or the platform's where none is named). The clinic server of the same
 * checkout keeps its things beside it, so that `npm start` needs one folder only.
 */
export function deskHome(data: string | undefined): string {
  if (data !== undefined) return join(resolve(data), "desk");
  const root = roots.find((folder) => existsSync(join(folder, "package-lock.json")));
  const checkout = root === undefined ? null : createHash("sha256").update(root).digest("hex").slice(0, 8);
  return join(dataHome({ platform: process.platform, env: process.env, home: homedir(), checkout }), "desk");
}
