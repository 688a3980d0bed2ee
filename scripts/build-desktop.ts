import { join } from "node:path";
import { build } from "electron-vite";
import { checkout } from "./checkout.ts";
import { mainSources, rendererSources } from "./sources.ts";
import { isBuilt } from "./stamp.ts";

const out = join(checkout, "out");

/** Builds what Electron runs (main process, preload, renderer) if its sources changed since the last time; answers the file to start. */
export async function buildDesktop(): Promise<string> {
  const built = await Promise.all([
    isBuilt(join(out, "main"), mainSources),
    isBuilt(join(out, "preload"), mainSources),
    isBuilt(join(out, "renderer"), rendererSources),
  ]);
  if (built.includes(false)) await build({ root: checkout, logLevel: "warn" });
  return join(out, "main/main.js");
}
