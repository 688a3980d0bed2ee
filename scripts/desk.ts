import { enableCompileCache, getCompileCacheDir } from "node:module";
import { join } from "node:path";
import { checkout } from "./checkout.ts";
import { readDeskOptions } from "./desk-options.ts";

/**
 * `npm run desk -- --server URL [--browser] [--port P] [--data DIR] [--board] [--dev]`: the desk in Electron where that can be had, and in
 * this machine's browser otherwise. `--dev` serves the renderer from its sources, in the browser.
 */
// What was compiled once is kept, also for the replica's worker: it is about half of the time to the first page.
enableCompileCache(join(checkout, "out/.compile-cache"));
process.env["NODE_COMPILE_CACHE"] ??= getCompileCacheDir();

try {
  const options = readDeskOptions(process.argv.slice(2));
  const { openDesk } = await import("./open-desk.ts");
  await openDesk(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
