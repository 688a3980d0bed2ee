import { join } from "node:path";
import { app, dialog } from "electron";
import { deskHome } from "./desk-home.ts";
import { readDesktopOptions } from "./electron/desktop-options.ts";
import { announceScheme } from "./electron/app-scheme.ts";
import { dropSwitches } from "./electron/drop-switches.ts";
import { lockContents, lockSessions } from "./electron/lock-down.ts";
import { keepFolders } from "./electron/keep-folders.ts";
import { logChildren } from "./electron/mend-windows.ts";
import { packagedServer } from "./electron/packaged-server.ts";
import { runDesktop } from "./electron/run-desktop.ts";

async function start(): Promise<void> {
  // All of this must stand before Electron is ready, so nothing is awaited here.
  dropSwitches();
  const options = readDesktopOptions(process.argv.slice(app.isPackaged ? 1 : 2), packagedServer());
  const home = options.home ?? deskHome(undefined);
  keepFolders(home);
  app.enableSandbox();
  app.commandLine.appendSwitch("disable-http-cache");
  announceScheme();
  lockSessions();
  lockContents();
  logChildren();

  // Two processes on one replica would destroy it: the second hands over to the first before anything is opened.
  if (!app.requestSingleInstanceLock()) return app.quit();
  await app.whenReady();
  await runDesktop({
    serverUrl: options.server,
    home,
    board: options.board,
    renderer: join(import.meta.dirname, "../renderer"),
    preload: join(import.meta.dirname, "../preload/preload.cjs"),
  });
}

start().catch((error: unknown) => {
  dialog.showErrorBox("Careboard can't start", error instanceof Error ? error.message : String(error));
  app.exit(1);
});
