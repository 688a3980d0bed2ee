import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the decision needs to know of the machine. */
export type Screenful = { platform: string; root: boolean; env: Record<string, string | undefined> };
export type Found = { path: string } | { reason: string };

const programs: Record<string, string> = {
  win32: "electron.exe",
  darwin: "Electron.app/Contents/MacOS/Electron",
};

/**
 * Electron's program in `package_` (node_modules/electron), or in one sentence why this machine shows the desk in a browser. Nothing is
 * downloaded, and the electron package is not loaded, since loading it downloads.
 */
export function findElectron(package_: string, { platform, root, env }: Screenful): Found {
  const dist = env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(package_, "dist");
  const named = join(package_, "path.txt");
  const program = existsSync(named) ? readFileSync(named, "utf8").trim() : (programs[platform] ?? "electron");
  const path = join(dist, program);
  if (!existsSync(path)) return { reason: "Electron's binary isn't on this machine" };
  if (platform === "linux") {
    // Chromium refuses to run its sandbox as root, and without the sandbox we refuse to run Chromium.
    if (root) return { reason: "Electron doesn't run as root" };
    if (!env["DISPLAY"] && !env["WAYLAND_DISPLAY"]) return { reason: "there is no display for Electron" };
  }
  return { path };
}
