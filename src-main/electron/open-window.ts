import { app, BrowserWindow, type Session } from "electron";
import { origin } from "./address.ts";

type Options = { session: Session; preload: string; board: boolean };

/** The window, or the board: full screen on the wall, without menu or cursor furniture. */
export function openWindow({ session, preload, board }: Options): BrowserWindow {
  const window = new BrowserWindow({
    title: "Careboard",
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    // Shown once painted: a white flash on a dark wall is seen by the whole room.
    show: false,
    backgroundColor: board ? "#0b0f14" : "#ffffff",
    fullscreen: board,
    autoHideMenuBar: board,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A wall has to move although nobody looks at it as its front window.
      backgroundThrottling: !board,
    },
  });
  window.once("ready-to-show", () => window.show());
  void window.loadURL(`${origin}/${board ? "#/board" : ""}`);
  return window;
}
