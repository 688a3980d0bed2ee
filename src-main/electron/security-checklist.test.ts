import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FuseV1Options } from "@electron/fuses";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import { fuses } from "./fuses.ts";
import { type StandInDesktop, standInDesktop } from "./stand-in-desktop.ts";

// Each point of https://www.electronjs.org/docs/latest/tutorial/security by its number and name. README.md says where each is held.
let it: StandInDesktop;
beforeEach(async () => {
  it = await standInDesktop();
});
afterEach(() => it.end());

const root = join(import.meta.dirname, "../..");
const code = globSync("src-{main,renderer}/**/*.{ts,tsx,html}", { cwd: root })
  .filter((file) => !/\.test\.tsx?$|stand-in/.test(file))
  .map((file) => ({ file: file.replaceAll("\\", "/"), text: readFileSync(join(root, file), "utf8") }));
const filesWith = (what: RegExp) => code.filter(({ text }) => what.test(text)).map(({ file }) => file);
const preferences = () => must(it.theWindow().options.webPreferences, "the page's preferences");

describe("1. Only load secure content", () => {
  test.each([
    ["app://careboard/assets/a.js", false],
    ["blob:app://careboard/1234", false],
    ["data:image/png;base64,AAAA", false],
    ["https://evil.example/", true],
    ["http://127.0.0.1:8787/api/session", true],
    ["ws://127.0.0.1:8787/", true],
    ["ftp://evil.example/", true],
    ["file:///etc/passwd", true],
    ["app://careboard.evil.example/", true],
    ["app://evil/", true],
    ["blob:https://evil.example/1234", true],
    ["devtools://devtools/bundled/inspector.html", true],
  ])("asking for %s is cancelled: %s", async (url, cancel) => {
    await it.start();
    const answer = vi.fn<(response: unknown) => void>();
    it.handler("beforeRequest")({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
    expect(it.electron.argsOf("window.loadURL")).toEqual(["app://careboard/"]);
  });
});

test("2. Do not enable Node.js integration for remote content", async () => {
  await it.start();
  expect(preferences()).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
  });
  // The one place that makes windows is the one that was just looked at.
  expect(filesWith(/new (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/)).toEqual([
    "src-main/electron/open-window.ts",
  ]);
});

test("3. Enable context isolation", async () => {
  await it.start();
  expect(preferences()).toMatchObject({ contextIsolation: true });
});

test("4. Enable process sandboxing", async () => {
  await it.start();
  expect(preferences()).toMatchObject({ sandbox: true });
  const sandboxed = it.electron.orderOf("app.enableSandbox");
  expect(sandboxed).toBeGreaterThan(-1);
  expect(sandboxed).toBeLessThan(it.electron.orderOf("app.requestSingleInstanceLock"));
  expect(filesWith(/["'`-]no-sandbox/)).toEqual(["src-main/electron/drop-switches.ts"]);
});

test("5. Handle session permission requests from remote content", async () => {
  await it.start();
  // Our own session, and any other that comes to be.
  const other = it.electron.session.fromPartition("another", {});
  const permissions = ["media", "geolocation", "notifications", "clipboard-read", "openExternal", "fileSystem", "usb"];
  for (const session of [it.theSession(), other]) {
    const handler = (name: string) => must(session.handlers.get(name), name) as (...args: unknown[]) => unknown;
    const answer = vi.fn<(granted: boolean) => void>();
    for (const permission of permissions) {
      handler("permissionRequest")(it.theWindow().webContents, permission, answer);
      expect(handler("permissionCheck")(it.theWindow().webContents, permission, "app://careboard")).toBe(false);
    }
    expect(answer.mock.calls).toEqual(permissions.map(() => [false]));
  }
});

test("6. Do not disable webSecurity", async () => {
  await it.start();
  expect(preferences()).toMatchObject({ webSecurity: true });
});

test("7. Define a Content Security Policy", async () => {
  await it.start();
  for (const url of ["app://careboard/", "app://careboard/assets/a.js", "app://careboard/nothing.js"]) {
    const page = (await it.handler("protocol app")(new Request(url))) as Response;
    const policy = must(page.headers.get("content-security-policy"), "a policy").split("; ");
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'"]),
    );
    expect(policy).toEqual(expect.arrayContaining(["form-action 'none'", "frame-ancestors 'none'"]));
    expect(policy.join()).not.toMatch(/unsafe-eval|https?:|\*|(script|style)-src [^,]*unsafe-inline/);
  }
});

test("8. Do not enable allowRunningInsecureContent", async () => {
  await it.start();
  expect(preferences()).toMatchObject({ allowRunningInsecureContent: false });
});

test("9. Do not enable experimental features", async () => {
  await it.start();
  expect(preferences()).toMatchObject({ experimentalFeatures: false });
});

test("10. Do not use enableBlinkFeatures", async () => {
  await it.start();
  expect(preferences()).not.toHaveProperty("enableBlinkFeatures");
  const appended = it.electron.done.filter(({ what }) => what === "app.commandLine.appendSwitch");
  expect(appended.map(({ args }) => args)).toEqual([["disable-http-cache", undefined]]);
});

test("11. Do not use allowpopups for WebViews", () => {
  expect(filesWith(/<webview|allowpopups|createElement\(["'`]webview/i)).toEqual([]);
});

test("12. Verify WebView options before creation", async () => {
  await it.start();
  expect(preferences()).toMatchObject({ webviewTag: false });
  const preventDefault = vi.fn<() => void>();
  it.theWindow().webContents.emit("will-attach-webview", { preventDefault }, {}, { src: "app://careboard/" });
  expect(preventDefault).toHaveBeenCalledOnce();
});

test("13. Disable or limit navigation", async () => {
  await it.start();
  for (const name of ["will-navigate", "will-frame-navigate", "will-redirect"]) {
    for (const url of ["https://evil.example/", "file:///etc/passwd", "app://careboard/"]) {
      const preventDefault = vi.fn<() => void>();
      it.theWindow().webContents.emit(name, { preventDefault, url });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
  }
  // A file that is dropped on the window is a navigation too.
  expect(preferences()).toMatchObject({ navigateOnDragDrop: false });
});

test("14. Disable or limit creation of new windows", async () => {
  await it.start();
  const open = must(it.theWindow().webContents.openHandler, "a handler") as (details: unknown) => unknown;
  for (const url of ["https://evil.example/", "about:blank", "app://careboard/"]) {
    expect(open({ url })).toEqual({ action: "deny" });
  }
  expect(it.electron.windows).toHaveLength(1);
});

test("15. Do not use shell.openExternal with untrusted content", () => {
  // open-external.test.ts holds which addresses pass.
  expect(filesWith(/\bshell\b[^;]*\bfrom "electron"|\bshell\.(open|show|trash|write|read)/)).toEqual([
    "src-main/electron/open-external.ts",
  ]);
});

test("16. Use a current version of Electron", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const installed = JSON.parse(readFileSync(join(root, "node_modules/electron/package.json"), "utf8")) as {
    version: string;
  };
  expect(devDependencies["electron"]).toMatch(/^\d+\.\d+\.\d+$/);
  expect(installed.version).toBe(devDependencies["electron"]);
  // Electron supports its three newest majors; 45 was the newest when this was written, and nobody goes back behind it.
  expect(Number.parseInt(installed.version, 10)).toBeGreaterThanOrEqual(45);
});

test("17. Validate the sender of all IPC messages", async () => {
  await it.start();
  const { webContents } = it.theWindow();
  const { mainFrame } = webContents;
  const wants = (change: Record<string, unknown>) =>
    it.electron.ipcMain.emit("careboard:port", { sender: webContents, senderFrame: mainFrame, ...change });
  wants({ senderFrame: { ...mainFrame, url: "app://careboard/" } });
  wants({ senderFrame: null });
  const other = new it.electron.Contents(99);
  other.mainFrame.url = "app://careboard/";
  wants({ sender: other, senderFrame: other.mainFrame });
  expect(other.mainFrame.posted).toEqual([]);
  for (const url of [
    "https://evil.example/",
    "app://careboard.evil.example/",
    "about:blank",
    "file:///app/index.html",
  ]) {
    mainFrame.url = url;
    wants({});
  }
  expect(mainFrame.posted).toEqual([]);
  mainFrame.url = "app://careboard/";
  wants({});
  expect(mainFrame.posted).toHaveLength(1);
  // There is no other channel, and nothing else listens.
  expect(it.electron.ipcMain.eventNames()).toEqual(["careboard:port"]);
  expect(filesWith(/\bipcMain\b|\.ipc\.(on|handle)/)).toEqual(["src-main/electron/hand-port.ts"]);
});

describe("18. Avoid usage of the file:// protocol and prefer usage of custom protocols", () => {
  const ask = async (url: string, method = "GET") =>
    (await it.handler("protocol app")(new Request(url, { method }))) as Response;

  test("the scheme has an origin without exceptions, before Electron is ready", async () => {
    await it.start();
    expect(it.electron.argsOf("protocol.registerSchemesAsPrivileged")).toEqual([
      [{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }],
    ]);
    const announced = it.electron.orderOf("protocol.registerSchemesAsPrivileged");
    expect(announced).toBeLessThan(it.electron.orderOf("app.requestSingleInstanceLock"));
    expect(filesWith(/\.loadFile\(|loadURL\([^)]*file:/)).toEqual([]);
  });

  test("serves the built page, to be read only", async () => {
    await it.start();
    const page = await ask("app://careboard/");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<title>Careboard</title>");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const script = await ask("app://careboard/assets/a.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await ask("app://careboard/", "POST")).status).toBe(404);
  });

  test.each([
    "app://careboard/../secret.json",
    "app://careboard/..%2fsecret.json",
    "app://careboard/%2e%2e/secret.json",
    "app://careboard/assets/..%5c..%5csecret.json",
    "app://evil/",
    "app://careboard/nothing.js",
  ])("%s leads nowhere", async (url) => {
    await it.start();
    expect((await ask(url)).status).toBe(404);
  });
});

test("19. Check which fuses you can change", () => {
  // fuses.test.ts holds the whole list and that packaging sets it.
  const off = fuses.filter(({ on }) => !on).map(({ fuse }) => fuse);
  expect(off).toEqual(
    expect.arrayContaining([
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]),
  );
});

test("20. Do not expose Electron APIs to untrusted web content", async () => {
  // ../preload.test.ts holds that one port is handed over and nothing else.
  const imported = code
    .filter(({ file }) => file === "src-main/preload.ts")
    .map(({ text }) => text)
    .join();
  expect(imported.match(/^import .*$/gm)).toEqual([
    'import { ipcRenderer } from "electron";',
    'import { portChannel } from "./electron/port-channel.ts";',
  ]);
  expect(filesWith(/\bcontextBridge\b|@electron\/remote|enableRemoteModule/)).toEqual([]);
  await it.start();
  expect(preferences().preload).toMatch(/preload\.cjs$/);
});
