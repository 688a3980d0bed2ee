import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { rendererConfig, rendererSources } from "./renderer-config.ts";
import { isBuilt } from "./stamp.ts";

const out = rendererConfig.build.outDir;

/**
 * Builds the renderer into out/renderer if its sources changed since the last time; answers the folder. It is built aside and then put in
 * place, so that two commands at once never see half of it.
 */
export async function buildRenderer(): Promise<string> {
  if (await isBuilt(out, rendererSources)) return out;
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
    await rename(aside, out);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return out;
}
