import { spawn } from "node:child_process";
import { join } from "node:path";
import { deskHome } from "../src-main/desk-home.ts";
import { runBrowserShell } from "../src-main/browser.ts";
import type { Pages } from "../src-main/browser/pages.ts";
import { builtPages } from "../src-main/browser/built-pages.ts";
import { readRendererFiles } from "../src-main/renderer-files.ts";
import { buildRenderer } from "./build-renderer.ts";
import { buildReplicaTemplate } from "./build-replica-template.ts";
import { checkout } from "./checkout.ts";
import type { DeskOptions } from "./desk-options.ts";
import { findElectron } from "./electron-binary.ts";

/** Opens the desk in Electron where that can be had, and in this machine's browser otherwise. */
export async function openDesk(options: DeskOptions): Promise<void> {
  if (!options.browser && !options.dev) {
    const electron = findElectron(join(checkout, "node_modules/electron"), {
      platform: process.platform,
      root: process.getuid?.() === 0,
      env: process.env,
    });
    if ("path" in electron) return inElectron(electron.path, options);
    console.log(`The desk opens in a browser, since ${electron.reason}.`);
  }
  const { server, port, data, board, dev } = options;
  await buildReplicaTemplate();
  const pages = pagesFor(dev);
  // It is awaited once the desk stands; until then a failure has nobody who listens.
  pages.catch(() => undefined);
  await runBrowserShell({ serverUrl: server, home: deskHome(data), port, pages, start: board ? "#/board" : "" });
}

async function pagesFor(dev: boolean): Promise<Pages> {
  // Vite is loaded only where it is needed: it takes longer than the rest of the start.
  if (dev) return (await import("./dev-pages.ts")).devPages();
  return builtPages(await readRendererFiles(await buildRenderer()));
}

async function inElectron(program: string, { server, data, board }: DeskOptions): Promise<void> {
  const entry = await (await import("./build-desktop.ts")).buildDesktop();
  await buildReplicaTemplate();
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
