import { app, type Session } from "electron";
import { isOurs } from "./address.ts";
import { isExport } from "./is-export.ts";

/** What the page may load: its own scheme, and what it made itself. The desk talks to the server, never the page. */
function mayLoad(address: string): boolean {
  if (isOurs(address) || /^(blob:app:\/\/careboard\/|data:)/.test(address)) return true;
  return !app.isPackaged && address.startsWith("devtools:");
}

const allUsbClasses = ["audio", "audio-video", "hid", "mass-storage", "smart-card", "video", "wireless"];
const locked = new WeakSet<Session>();

/** Permissions, devices, downloads and requests of this session: what the page doesn't need is denied, and it needs its files and exports. */
export function lockSession(session: Session): void {
  if (locked.has(session)) return;
  locked.add(session);
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setUSBProtectedClassesHandler(() => allUsbClasses);
  session.on("select-hid-device", (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on("select-usb-device", (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on("select-serial-port", (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer("");
  });
  session.on("file-system-access-restricted", (event, _details, answer) => {
    event.preventDefault();
    answer("deny");
  });
  session.on("will-download", (event, item, _contents, frame) => {
    if (!isExport(item, frame)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
  // The spell checker would fetch dictionaries from the network, and learn what people write.
  session.setSpellCheckerEnabled(false);
}

/** Every session that ever comes to be, Electron's default one too. Before Electron is ready. */
export function lockSessions(): void {
  app.on("session-created", lockSession);
}

/** Every page that ever comes to be, whoever made it: it stays where it is, opens nothing, embeds nothing, and chooses no device. */
export function lockContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.on("select-bluetooth-device", (event, _devices, answer) => {
      event.preventDefault();
      answer("");
    });
  });
  // No server and no proxy gets a name and password from here. (A wrong certificate stays wrong: nothing listens to certificate-error.)
  app.on("login", (event, _contents, _details, _asked, answer) => {
    event.preventDefault();
    answer();
  });
}
