import { app, type Session } from "electron";
import { isOurs } from "./address.ts";

/** What the page may load: its own scheme, and what it made itself. The desk talks to the server, never the page. */
function mayLoad(address: string): boolean {
  if (isOurs(address) || /^(blob:app:\/\/careboard\/|data:)/.test(address)) return true;
  return !app.isPackaged && address.startsWith("devtools:");
}

/** Permissions, devices and requests of this session: the page needs none of them, so all are denied. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
  // The spell checker would fetch dictionaries from the network, and learn what people write.
  session.setSpellCheckerEnabled(false);
}

/** Every page that ever comes to be, whoever made it: it stays where it is, opens nothing and embeds nothing. */
export function lockContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}
