import { app } from "electron";

/**
 * Chromium's switches that would open a packaged desk to whoever writes its shortcut: a debugger on a port, foreign code, weaker rules for
 * pages and certificates, another place for its files.
 */
const dropped = [
  "remote-debugging-port",
  "remote-debugging-pipe",
  "remote-debugging-address",
  "remote-allow-origins",
  "auto-open-devtools-for-tabs",
  "load-extension",
  "js-flags",
  "disable-web-security",
  "disable-site-isolation-trials",
  "allow-running-insecure-content",
  "allow-file-access-from-files",
  "unsafely-treat-insecure-origin-as-secure",
  "ignore-certificate-errors",
  "ignore-certificate-errors-spki-list",
  "host-rules",
  "host-resolver-rules",
  "enable-blink-features",
  "enable-features",
  "disable-features",
  "enable-experimental-web-platform-features",
  "use-fake-ui-for-media-stream",
  "ssl-key-log-file",
  "log-net-log",
  "use-mock-keychain",
] as const;

/**
 * Takes these switches away before Chromium reads them; developers keep theirs.
 * @throws an Error when the sandbox was switched off, since that was read before us and can't be taken back
 */
export function dropSwitches(): void {
  if (!app.isPackaged) return;
  for (const name of ["no-sandbox", "disable-gpu-sandbox", "no-zygote", "single-process"]) {
    if (app.commandLine.hasSwitch(name)) throw new Error(`Careboard doesn't run with --${name}: start it without.`);
  }
  for (const name of dropped) app.commandLine.removeSwitch(name);
}
