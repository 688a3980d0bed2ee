import { ipcMain, MessageChannelMain, type BrowserWindow, type MessagePortMain } from "electron";
import { isOurs } from "./address.ts";
import { portChannel } from "./port-channel.ts";

/**
 * Gives each page of ours that asks for it one port to the desk. Who asks is looked at, not believed: it must be the main frame of one of
 * our windows, showing our own page. A window that is loaded anew gets a new port, and its old one is closed.
 */
export function handPorts(isWindow: (id: number) => boolean, answer: (port: MessagePortMain) => void): void {
  const held = new Map<number, MessagePortMain>();
  ipcMain.on(portChannel, (event) => {
    const frame = event.senderFrame;
    const whole = frame !== null && frame === event.sender.mainFrame;
    if (!whole || !isWindow(event.sender.id) || !isOurs(frame.url)) {
      console.error("Somebody who isn't our page asked for the desk's port, and got none.");
      return;
    }
    const { id } = event.sender;
    held.get(id)?.close();
    const { port1, port2 } = new MessageChannelMain();
    held.set(id, port1);
    port1.on("close", () => {
      if (held.get(id) === port1) held.delete(id);
    });
    answer(port1);
    port1.start();
    frame.postMessage(portChannel, null, [port2]);
  });
}

/** The ids of these windows' pages. */
export const pagesOf = (windows: ReadonlySet<BrowserWindow>) => (id: number) =>
  [...windows].some((window) => !window.isDestroyed() && window.webContents.id === id);
