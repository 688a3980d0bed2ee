import { mkdir } from "node:fs/promises";
import { keepPort, portsToTry } from "./browser/last-port.ts";
import { serveBrowser } from "./browser/serve-browser.ts";
import type { Pages } from "./browser/pages.ts";
import { createDesk } from "./desk/create-desk.ts";
import { fileSecrets } from "./session/file-secrets.ts";
import { version } from "./version.ts";

export type BrowserShellOptions = {
  serverUrl: string;
  /** The desk's own folder. */
  home: string;
  /** Null: the one of the last time, or any free one. */
  port: number | null;
  pages: Pages;
  /** Added to the address of the first page, for the wall view. */
  start?: string;
};

/**
 * The desk without Electron: it runs in this process and is shown by any browser of this machine. Prints a link for the first browser, and
 * another each time one has been used. Ends on SIGINT and SIGTERM with everything written down.
 */
export async function runBrowserShell(options: BrowserShellOptions): Promise<void> {
  const { serverUrl, home, port, pages, start = "" } = options;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const desk = await createDesk({
    serverUrl,
    home,
    version,
    secrets: fileSecrets(home),
    browserShell: true,
    log: (line) => console.error(line),
  });
  const shell = await serveBrowser({
    router: desk.router,
    pages,
    ports: await portsToTry(home, port),
    onLink: (url) => console.log(`careboard desk link for another window: ${url}${start}`),
  }).catch(async (error: unknown) => {
    await desk.close();
    throw error;
  });

  await keepPort(home, shell.port);
  const end = async () => {
    await shell.close();
    await desk.close();
    process.exit(0);
  };
  // Once: a person who asks a second time doesn't want to wait for the first.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
  console.log(`careboard desk ready ${shell.link}${start}`);
}
