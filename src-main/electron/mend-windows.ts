import { app, type BrowserWindow } from "electron";

/** More often than this within a minute, loading a page again is what breaks it. */
const tries = 3;
const withinMs = 60_000;

/** A page whose process died is loaded again, a few times a minute at most. What is logged names the process and its end, never what it showed. */
export function mendWindow(window: BrowserWindow): void {
  const mended: number[] = [];
  window.webContents.on("render-process-gone", (_event, { reason, exitCode }) => {
    console.error(`The page's process is gone: ${reason}, ${exitCode}.`);
    if (reason === "clean-exit" || window.isDestroyed()) return;
    const now = Date.now();
    if (mended.filter((at) => now - at < withinMs).length >= tries) {
      console.error("The page is not loaded again, since it ended too often: close the window and open it anew.");
      return;
    }
    mended.push(now);
    window.webContents.reload();
  });
}

/** Says which of Chromium's other processes died; Chromium starts them again by itself. */
export function logChildren(): void {
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    if (reason !== "clean-exit") console.error(`Chromium's ${type} process is gone: ${reason}, ${exitCode}.`);
  });
}
