import { mkdir } from "node:fs/promises";
import { keepPort, portsToTry } from "./browser/last-port.ts";
import type { Pages } from "./browser/pages.ts";
import { serveBrowser } from "./browser/serve-browser.ts";
import { createDesk } from "./desk/create-desk.ts";
import { version } from "./version.ts";

export type BrowserShellOptions = {
  serverUrl: string;
  /** The desk's own folder. */
  home: string;
  /** Null: the one of the last time, or any free one. */
  port: number | null;
  /** May still be on their way: the replica is opened meanwhile. */
  pages: Promise<Pages>;
  /** Added to the address of the first page, for the wall view. */
  start?: string;
};

/**
 * The desk without Electron: it runs in this process and is shown by any browser of this machine. Prints a link for the first browser, and
 * another each time one has been used. Ends on SIGINT and SIGTERM with everything written down.
 */
export async function runBrowserShell({
  serverUrl,
  home,
  port,
  pages,
  start = "",
}: BrowserShellOptions): Promise<void> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`The desk did not close cleanly: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  // A terminal's SIGINT reaches everybody, and whoever started us may send SIGTERM after it: both mean the same, once. The same signal
  // a second time ends the process at once, for a person who doesn't want to wait.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);

  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const log = (line: string) => console.error(line);
    const desk = await createDesk({
      serverUrl,
      home,
      version,
      // A browser has no secret store that this process could use: nothing opens without the person's password.
      wrapper: null,
      // The page that asked shows the address; a browser of this machine is where it is.
      openBrowser: async (url) => console.log(`careboard desk sign-in: ${url}`),
      board: start.includes("board"),
      browserShell: true,
      log,
    });
    opened.push(desk);
    const shell = await serveBrowser({
      router: desk.router,
      pages: await pages,
      ports: await portsToTry(home, port),
      onLink: (url) => console.log(`careboard desk link for another window: ${url}${start}`),
    });
    opened.push(shell);
    await keepPort(home, shell.port);
    console.log(`careboard desk ready ${shell.link}${start}`);
  } catch (error) {
    await close();
    await pages.then(
      (shown) => shown.close(),
      () => undefined,
    );
    throw error;
  }
}
