import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "./checkout.ts";
import { rendererSources } from "./sources.ts";
import { isBuilt } from "./stamp.ts";

const out = join(checkout, "out/renderer");

/**
 * Builds the renderer into out/renderer if its sources changed since the last time; answers the folder. It is built aside and then put in
 * place, so that two commands at once never see half of it.
 */
export async function buildRenderer(): Promise<string> {
  if (await isBuilt(out, rendererSources)) return out;
  // Loaded only now: most starts find everything built, and don't wait for Vite.
  const [{ build }, { rendererConfig }] = await Promise.all([import("vite"), import("./renderer-config.ts")]);
  const aside = join(out, `../.renderer-${process.pid}`);
  const old = `${aside}-old`;
  try {
    await build({
      ...rendererConfig,
      configFile: false,
      logLevel: "warn",
      build: { ...rendererConfig.build, outDir: aside },
    });
    await rename(out, old).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(aside, out).catch(async (error: unknown) => {
      // Another command was quicker with the same.
      if (!(await isBuilt(out, rendererSources))) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return out;
}
