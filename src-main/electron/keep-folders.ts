import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/**
 * Puts what Chromium keeps (storage, cookies, the single-instance lock) beside the desk's own data. Electron's default on Windows is the
 * roaming profile, which is copied to a file server at each log-off. It also makes the lock one per data folder: two checkouts run side by side.
 */
export function keepFolders(home: string): void {
  const folder = join(home, "electron");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath("userData", folder);
  app.setPath("sessionData", folder);
}
