import { readFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/** The clinic server that `npm run package` wrote into the application, or null: then the command line names it. */
export function packagedServer(): string | null {
  if (!app.isPackaged) return null;
  try {
    const { careboard } = JSON.parse(readFileSync(join(app.getAppPath(), "package.json"), "utf8")) as {
      careboard?: { server?: string };
    };
    return careboard?.server ?? null;
  } catch {
    return null;
  }
}
