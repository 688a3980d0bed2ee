import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import { sourceHash } from "./source-hash.ts";

const common = ["src-shared", "package-lock.json", "electron.vite.config.ts", "scripts/renderer-config.ts"];

/** Leaves beside what is built a digest of what it was built from: taken before, so that a change made meanwhile counts as not built. */
export function stamp(sources: readonly string[]): Plugin {
  let hash = "";
  let folder = "";
  return {
    name: "careboard:stamp",
    apply: "build",
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    buildStart: async () => {
      hash = await sourceHash([...sources, ...common]);
    },
    writeBundle: ({ dir }) => writeFile(join(dir ?? folder, ".built"), hash),
  };
}

/** Is what lies in `folder` built from the sources as they are now? */
export async function isBuilt(folder: string, sources: readonly string[]): Promise<boolean> {
  const held = await readFile(join(folder, ".built"), "utf8").catch(() => null);
  return held !== null && held === (await sourceHash([...sources, ...common]));
}
