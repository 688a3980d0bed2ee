import { app, session, type BrowserWindow } from "electron";
import { RPCHandler } from "@orpc/server/message-port";
import { createDesk } from "../desk/create-desk.ts";
import { readRendererFiles } from "../renderer-files.ts";
import { version } from "../version.ts";
import { origin } from "./address.ts";
import { serveScheme } from "./app-scheme.ts";
import { handPorts, pagesOf } from "./hand-port.ts";
import { lockSession } from "./lock-down.ts";
import { lockWithSystem } from "./lock-with-system.ts";
import { mendWindow } from "./mend-windows.ts";
import { setMenu } from "./menu.ts";
import { openWindow } from "./open-window.ts";
import { openExternal } from "./open-external.ts";
import { safeWrapper } from "./safe-wrapper.ts";

type Options = { serverUrl: string; home: string; board: boolean; renderer: string; preload: string };

/** Everything after Electron is ready: locks the session, opens the desk, then the window; ends the desk before the application ends. */
export async function runDesktop({ serverUrl, home, board, renderer, preload }: Options): Promise<void> {
  // Kept on disk for sealed drafts and the theme, but without an HTTP cache: nothing a page was shown lies around as a file.
  const place = session.fromPartition("persist:careboard", { cache: false });
  lockSession(place);
  serveScheme(place, await readRendererFiles(renderer));
  setMenu();

  const desk = await createDesk({
    serverUrl,
    home,
    version,
    wrapper: await safeWrapper(),
    openBrowser: openExternal,
    board,
    browserShell: false,
    log: (line) => console.error(line),
  });
  lockWithSystem(desk);
  const windows = new Set<BrowserWindow>();
  const handler = new RPCHandler(desk.router);
  handPorts(pagesOf(windows), (port) => handler.upgrade(port, { context: {} }));

  const open = () => {
    const window = openWindow({ session: place, preload, board });
    windows.add(window);
    mendWindow(window);
    window.on("closed", () => windows.delete(window));
    window.once("ready-to-show", () => console.log(`careboard desk ready ${origin}/`));
  };
  app.on("second-instance", () => {
    const [window] = windows;
    if (window === undefined) return open();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on("activate", () => {
    if (windows.size === 0) open();
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  drainBeforeQuit(() => desk.close());
  open();
}

/** Quitting waits until the replica is written down; a desk that can't be closed doesn't keep people from quitting. */
function drainBeforeQuit(drain: () => Promise<void>): void {
  let drained = false;
  let draining = false;
  app.on("will-quit", (event) => {
    if (drained) return;
    event.preventDefault();
    if (draining) return;
    draining = true;
    drain()
      .catch((error: unknown) => console.error(`The desk did not close cleanly: ${String(error)}`))
      .finally(() => {
        drained = true;
        app.quit();
      });
  });
  // A terminal's or the system's wish to end goes the same way; it may come twice, from the terminal and from who started us.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => app.quit());
}
