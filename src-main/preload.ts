import { ipcRenderer } from "electron";
import { portChannel } from "./electron/port-channel.ts";

// The page and this script share the window's messages and nothing else. The page asks, once, and gets the port to the desk: no
// function, no object, nothing of Electron.
const want = "careboard:want-port";
let asked = false;

type Page = {
  location: { origin: string };
  addEventListener(type: "message", listener: (event: PageMessage) => void): void;
  postMessage(message: string, origin: string, transfer: readonly unknown[]): void;
};
type PageMessage = { source: unknown; origin: string; data: unknown };
// This room knows no DOM; these are the three things the preload uses of it.
const page = globalThis as unknown as Page;

page.addEventListener("message", (event) => {
  if (asked || event.source !== page || event.origin !== page.location.origin || event.data !== want) return;
  asked = true;
  ipcRenderer.send(portChannel);
});

ipcRenderer.once(portChannel, (event) => {
  page.postMessage(portChannel, page.location.origin, event.ports.slice(0, 1));
});
