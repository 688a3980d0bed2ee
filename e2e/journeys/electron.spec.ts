import { join } from "node:path";
import { _electron, expect } from "@playwright/test";
import { buildDesktop } from "../../scripts/build-desktop.ts";
import { checkout } from "../../scripts/checkout.ts";
import { findElectron } from "../../scripts/electron-binary.ts";
import { signIn, test } from "../fixtures/test.ts";

const electron = findElectron(join(checkout, "node_modules/electron"), {
  platform: process.platform,
  root: process.getuid?.() === 0,
  env: process.env,
});

test.skip("reason" in electron, "reason" in electron ? electron.reason : undefined);

test("the desktop's own window shows Today, and its page is a page: no Node, no new windows, no way elsewhere", async ({
  product,
}) => {
  const home = join(product.folder, "electron-desk");
  const app = await _electron.launch({
    executablePath: "path" in electron ? electron.path : "",
    args: [await buildDesktop(), "--server", product.serverUrl, "--home", home],
  });
  try {
    const page = await app.firstWindow();
    await signIn(page, "manager@brightside.example");
    expect(page.url()).toMatch(/^app:\/\/careboard\//);

    const node = ["require", "process", "module", "Buffer", "global", "__dirname", "electron", "ipcRenderer"];
    expect(await page.evaluate((names) => names.filter((name) => name in globalThis), node)).toEqual([]);

    expect(await page.evaluate(() => window.open("https://careboard.invalid/") === null)).toBe(true);
    expect(app.windows()).toHaveLength(1);

    // Two calls: the first has the main process listen, the second waits for what it heard.
    await app.evaluate(({ BrowserWindow }) => {
      const denied = new Promise<boolean>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once("will-navigate", (event) => resolve(event.defaultPrevented));
      });
      Object.assign(globalThis, { denied });
    });
    await page.evaluate(() => location.assign("https://careboard.invalid/"));
    expect(await app.evaluate(() => (globalThis as unknown as { denied: Promise<boolean> }).denied)).toBe(true);
    await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();

    const fetched = await page.evaluate(async (url) => {
      const answer = await fetch(url).catch(() => null);
      return answer === null ? "refused" : "answered";
    }, `${product.serverUrl}/api/processing/health-check`);
    expect(fetched).toBe("refused");
  } finally {
    await app.close();
  }
});
