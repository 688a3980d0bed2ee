import { spawn } from "node:child_process";
import { join } from "node:path";
import { deskHome } from "../src-main/desk-home.ts";
import { runBrowserShell } from "../src-main/browser.ts";
import { builtPages } from "../src-main/browser/built-pages.ts";
import { readRendererFiles } from "../src-main/renderer-files.ts";
import { buildDesktop } from "./build-desktop.ts";
import { buildRenderer } from "./build-renderer.ts";
import { checkout } from "./checkout.ts";
import { type DeskOptions, readDeskOptions } from "./desk-options.ts";
import { findElectron } from "./electron-binary.ts";

/**
 * `npm run desk -- --server URL [--browser] [--port P] [--data DIR] [--board] [--dev]`: the desk in Electron where that can be had, and in
 * this machine's browser otherwise. `--dev` serves the renderer from its sources, in the browser.
 */
async function main(): Promise<void> {
  const options = readDeskOptions(process.argv.slice(2));
  const electron = findElectron(join(checkout, "node_modules/electron"), {
    platform: process.platform,
    root: process.getuid?.() === 0,
    env: process.env,
  });
  if (!options.browser && !options.dev) {
    if ("path" in electron) return inElectron(electron.path, options);
    console.log(`The desk opens in a browser, since ${electron.reason}.`);
  }
  await inBrowser(options);
}

async function inBrowser({ server, port, data, board, dev }: DeskOptions): Promise<void> {
  const pages = dev
    ? await (await import("./dev-pages.ts")).devPages()
    : builtPages(await readRendererFiles(await buildRenderer()));
  await runBrowserShell({ serverUrl: server, home: deskHome(data), port, pages, start: board ? "#/board" : "" });
}

async function inElectron(program: string, { server, data, board }: DeskOptions): Promise<void> {
  const entry = await buildDesktop();
  const args = [entry, "--server", server, "--home", deskHome(data), ...(board ? ["--board"] : [])];
  const child = spawn(program, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Electron did not start (${error.message}): add --browser to open the desk in a browser.`);
    process.exitCode = 1;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
