import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { implement } from "@orpc/server";
import { expect, vi } from "vitest";
import { deskContract } from "#shared/contract/desk-contract.ts";
import { must } from "#shared/kit/must.ts";

/** What the stand-in for the desk answers: enough of the contract to see that a port speaks it. */
export const standInContract = { desk: { reconnect: deskContract.desk.reconnect } };

type Start = { board?: boolean; lock?: boolean; packaged?: boolean; switches?: string[] };

/**
 * For tests: the whole start of the desktop as scripts/desk.ts causes it, against the stand-in for the `electron` module, with a desk that
 * only takes notes and a renderer of the test's own in a temporary folder.
 */
export async function standInDesktop() {
  vi.resetModules();
  vi.spyOn(console, "log").mockImplementation(() => {});
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const electron = await import("./electron-stand-in.ts");
  const folder = await mkdtemp(join(tmpdir(), "careboard-electron-"));
  await mkdir(join(folder, "renderer/assets"), { recursive: true });
  await writeFile(join(folder, "renderer/index.html"), "<!doctype html><title>Careboard</title>");
  await writeFile(join(folder, "renderer/assets/a.js"), "export {};");
  await writeFile(join(folder, "secret.json"), "outside");

  const desk = { close: async (): Promise<void> => undefined, lock: vi.fn<(why: string) => void>() };
  vi.doMock("electron", () => electron);
  vi.doMock("../desk/create-desk.ts", () => ({
    createDesk: async (options: unknown) => {
      electron.done.push({ what: "createDesk", args: [options] });
      const { reconnect } = implement(standInContract).desk;
      const router = { desk: { reconnect: reconnect.handler(() => ({ asked: true })) } };
      return { router, close: () => desk.close(), lock: desk.lock };
    },
  }));
  // The built renderer of the checkout may be there or not.
  vi.doMock("../renderer-files.ts", async (original) => {
    const files: typeof import("../renderer-files.ts") = await original();
    return { readRendererFiles: () => files.readRendererFiles(join(folder, "renderer")) };
  });

  const argv = process.argv;
  const theWindow = () => must(electron.windows[0], "a window");
  const theSession = () => must(electron.sessions[0], "a session");
  return {
    electron,
    folder,
    desk,
    said,
    theWindow,
    theSession,
    handler: (name: string) => must(theSession().handlers.get(name), name) as (...args: unknown[]) => unknown,
    start: async ({ board = false, lock = true, packaged = true, switches = [] }: Start = {}) => {
      Object.assign(electron.app, { gotLock: lock, isPackaged: packaged, path: folder });
      for (const name of switches) electron.app.switches.add(name);
      const own = ["--server", "http://127.0.0.1:8787", "--home", folder, ...(board ? ["--board"] : [])];
      process.argv = ["Careboard", ...(packaged ? [] : ["main.js"]), ...own];
      await import("../main.ts");
      electron.app.ready.resolve();
      const last = ["window.loadURL", "app.quit", "app.exit"];
      await vi.waitFor(() => expect(last.some((what) => electron.orderOf(what) > -1)).toBe(true));
    },
    end: async () => {
      vi.restoreAllMocks();
      process.argv = argv;
      process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
      await rm(folder, { recursive: true });
    },
  };
}
export type StandInDesktop = Awaited<ReturnType<typeof standInDesktop>>;
