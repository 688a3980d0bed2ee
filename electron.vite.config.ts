import { join } from "node:path";
import { defineConfig } from "electron-vite";
import { checkout } from "./scripts/checkout.ts";
import { rendererConfig } from "./scripts/renderer-config.ts";
import { mainSources } from "./scripts/sources.ts";
import { stamp } from "./scripts/stamp.ts";

const source = (path: string) => join(checkout, "src-main", path);

// Dependencies stay outside of the main process's bundle: PGlite finds its .wasm and .data files beside its own code.
export default defineConfig({
  main: {
    plugins: [stamp(mainSources)],
    build: {
      rolldownOptions: {
        input: {
          main: source("main.ts"),
          "replica-worker": source("replica/worker.ts"),
          "shape-reader": source("sync/shape-reader.ts"),
        },
        // Beside one another and two folders deep, like the sources: paths relative to a module mean the same in both.
        output: { chunkFileNames: "[name].js" },
      },
    },
  },
  preload: {
    plugins: [stamp(mainSources)],
    build: {
      // A sandboxed preload is one CommonJS file that can load nothing but Electron's few modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: source("preload.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: rendererConfig,
});
