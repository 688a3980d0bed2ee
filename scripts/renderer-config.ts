import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";
import { checkout } from "./checkout.ts";
import { rendererSources } from "./sources.ts";
import { stamp } from "./stamp.ts";

/** How the renderer is built: for Electron by electron-vite, for the browser shell by Vite alone, and served while developing. */
export const rendererConfig = {
  root: join(checkout, "src-renderer"),
  // Relative, so that the same files serve under app:// and http://.
  base: "./",
  plugins: [react(), stamp(rendererSources)],
  build: {
    // Any browser of the last two years: the browser shell opens the one people have.
    target: "es2023",
    outDir: join(checkout, "out/renderer"),
    emptyOutDir: true,
    // Nothing may be inlined into scripts or pages: the content policy would refuse it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    minify: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: { input: join(checkout, "src-renderer/index.html") },
  },
} satisfies UserConfig;
