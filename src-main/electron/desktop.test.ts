import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { implement } from "@orpc/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deskContract } from "#shared/contract/desk-contract.ts";
import { must } from "#shared/kit/must.ts";

// Electron's own code can't run without its binary; the stand-in records what is done to it. The desk behind it is the contract's.
const contract = { desk: { reconnect: deskContract.desk.reconnect } };
const opened: unknown[] = [];
let closeDesk: () => Promise<void>;
vi.mock("../desk/create-desk.ts", () => ({
  createDesk: async (options: unknown) => {
    const standIn = await import("./electron-stand-in.ts");
    standIn.done.push({ what: "createDesk", args: [options] });
    opened.push(options);
    const desk = implement(contract);
    const router = desk.router({ desk: { reconnect: desk.desk.reconnect.handler(() => ({ asked: true })) } });
    return { router, close: () => closeDesk() };
  },
}));
// The built renderer of the checkout may be there or not: the test brings its own.
vi.mock("../renderer-files.ts", async (original) => {
  const files: typeof import("../renderer-files.ts") = await original();
  return { readRendererFiles: () => files.readRendererFiles(join(folder, "renderer")) };
});

type StandIn = typeof import("./electron-stand-in.ts");
let electron: StandIn;
let folder: string;
const argv = process.argv;

async function freshElectron(): Promise<void> {
  vi.resetModules();
  electron = await import("./electron-stand-in.ts");
  vi.doMock("electron", () => electron);
}

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
  await freshElectron();
  folder = await mkdtemp(join(tmpdir(), "careboard-electron-"));
  await mkdir(join(folder, "renderer/assets"), { recursive: true });
  await writeFile(join(folder, "renderer/index.html"), "<!doctype html><title>Careboard</title>");
  await writeFile(join(folder, "renderer/assets/a.js"), "export {};");
  await writeFile(join(folder, "secret.json"), "outside");
  closeDesk = async () => undefined;
  opened.length = 0;
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.argv = argv;
  process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
  await rm(folder, { recursive: true });
});

/** The whole start, as scripts/desk.ts causes it; the built pages are the test's. */
async function start({ board = false, lock = true } = {}): Promise<void> {
  electron.app.gotLock = lock;
  process.argv = ["Careboard", "--server", "http://127.0.0.1:8787", "--home", folder, ...(board ? ["--board"] : [])];
  await import("../main.ts");
  electron.app.ready.resolve();
  await vi.waitFor(() => expect(electron.orderOf(lock ? "window.loadURL" : "app.quit")).toBeGreaterThan(-1));
}
const theWindow = () => must(electron.windows[0], "a window");
const theSession = () => must(electron.sessions[0], "a session");
const handler = (name: string) => must(theSession().handlers.get(name), name) as (...args: unknown[]) => unknown;

describe("before Electron is ready", () => {
  test("the sandbox is on for everything, HTTP is not cached, and the scheme has an origin without exceptions", async () => {
    await start();
    for (const what of ["app.enableSandbox", "app.commandLine.appendSwitch", "protocol.registerSchemesAsPrivileged"]) {
      expect(electron.orderOf(what)).toBeGreaterThan(-1);
      expect(electron.orderOf(what)).toBeLessThan(electron.orderOf("app.requestSingleInstanceLock"));
    }
    expect(electron.argsOf("app.commandLine.appendSwitch")?.[0]).toBe("disable-http-cache");
    expect(electron.argsOf("protocol.registerSchemesAsPrivileged")).toEqual([
      [{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }],
    ]);
  });

  test("what Chromium keeps goes beside the desk's data, never into a roaming profile", async () => {
    await start();
    const paths = electron.done.filter(({ what }) => what === "app.setPath").map(({ args }) => args);
    expect(paths).toEqual([
      ["userData", join(folder, "electron")],
      ["sessionData", join(folder, "electron")],
    ]);
    expect(electron.orderOf("app.setPath")).toBeLessThan(electron.orderOf("app.requestSingleInstanceLock"));
  });

  test("the first instance opens the replica only once it holds the lock", async () => {
    await start();
    expect(electron.orderOf("app.requestSingleInstanceLock")).toBeLessThan(electron.orderOf("createDesk"));
    expect(opened).toMatchObject([{ serverUrl: "http://127.0.0.1:8787", home: folder, browserShell: false }]);
  });

  test("a second instance ends without opening anything, and the first comes to the front", async () => {
    await start({ lock: false });
    expect(opened).toEqual([]);
    expect(electron.windows).toEqual([]);
    await freshElectron();
    await start();
    electron.app.emit("second-instance");
    expect(electron.orderOf("window.focus")).toBeGreaterThan(-1);
    expect(electron.windows).toHaveLength(1);
  });
});

describe("the window", () => {
  test("is isolated, sandboxed and without Node", async () => {
    await start();
    expect(theWindow().options.webPreferences).toMatchObject({
      session: theSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
    expect(electron.argsOf("window.loadURL")).toEqual(["app://careboard/"]);
    expect(theSession()).toMatchObject({ partition: "persist:careboard", options: { cache: false } });
  });

  test("of a board fills the screen", async () => {
    await start({ board: true });
    expect(theWindow().options).toMatchObject({ fullscreen: true, autoHideMenuBar: true });
    expect(electron.argsOf("window.loadURL")).toEqual(["app://careboard/#/board"]);
  });

  test("stays where it is, opens nothing and embeds nothing", async () => {
    await start();
    const { webContents } = theWindow();
    const open = must(webContents.openHandler, "a handler for new windows") as (details: unknown) => unknown;
    expect(open({ url: "https://evil.example" })).toEqual({ action: "deny" });
    for (const name of ["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"]) {
      const preventDefault = vi.fn<() => void>();
      webContents.emit(name, { preventDefault, url: "app://careboard/" });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
  });

  test("gets no permission and no device, asked or checked", async () => {
    await start();
    const answer = vi.fn<(granted: boolean) => void>();
    for (const permission of [
      "media",
      "geolocation",
      "notifications",
      "clipboard-read",
      "openExternal",
      "fullscreen",
    ]) {
      handler("permissionRequest")(theWindow().webContents, permission, answer);
      expect(handler("permissionCheck")(theWindow().webContents, permission, "app://careboard")).toBe(false);
    }
    expect(answer.mock.calls).toEqual(Array.from({ length: 6 }, () => [false]));
    expect(handler("devicePermission")({ deviceType: "usb", origin: "app://careboard" })).toBe(false);
    expect(electron.argsOf("session.setSpellCheckerEnabled")).toEqual([false]);
  });

  test.each([
    ["app://careboard/assets/a.js", false],
    ["blob:app://careboard/1234", false],
    ["data:image/png;base64,AAAA", false],
    ["https://evil.example/", true],
    ["http://127.0.0.1:8787/api/session", true],
    ["ws://127.0.0.1:8787/", true],
    ["file:///etc/passwd", true],
    ["app://careboard.evil.example/", true],
    ["app://evil/", true],
    ["blob:https://evil.example/1234", true],
    ["devtools://devtools/bundled/inspector.html", true],
  ])("asking for %s is cancelled: %s", async (url, cancel) => {
    await start();
    const answer = vi.fn<(response: unknown) => void>();
    handler("beforeRequest")({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
  });
});

describe("the app: scheme", () => {
  const ask = async (url: string, method = "GET") =>
    (await handler("protocol app")(new Request(url, { method }))) as Response;

  test("serves the built page under a policy that runs nothing but its own files", async () => {
    await start();
    const page = await ask("app://careboard/");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<title>Careboard</title>");
    const policy = must(page.headers.get("content-security-policy"), "a policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
    expect(policy).toContain("connect-src 'self';");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const script = await ask("app://careboard/assets/a.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  test.each([
    "app://careboard/../secret.json",
    "app://careboard/..%2fsecret.json",
    "app://careboard/%2e%2e/secret.json",
    "app://careboard/assets/..%5c..%5csecret.json",
    "app://evil/",
    "app://careboard/nothing.js",
  ])("%s leads nowhere", async (url) => {
    await start();
    const answer = await ask(url);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("is there to be read only", async () => {
    await start();
    expect((await ask("app://careboard/", "POST")).status).toBe(404);
  });
});

describe("the port", () => {
  const wants = (change: Record<string, unknown> = {}) => {
    const { webContents } = theWindow();
    electron.ipcMain.emit("careboard:port", { sender: webContents, senderFrame: webContents.mainFrame, ...change });
    return webContents.mainFrame.posted;
  };

  test("goes to our page, alone, and speaks the contract", async () => {
    await start();
    const posted = wants();
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ channel: "careboard:port" });
    expect(posted[0]?.ports).toHaveLength(1);
    const client = createORPCClient<ContractRouterClient<typeof contract>>(
      new RPCLink({ port: must(posted[0]?.ports[0], "a port") }),
    );
    expect(await client.desk.reconnect()).toEqual({ asked: true });
  });

  test("isn't given to a frame inside the page, to another page, to another window or to nobody", async () => {
    await start();
    const { webContents } = theWindow();
    wants({ senderFrame: { ...webContents.mainFrame, url: "app://careboard/" } });
    wants({ senderFrame: null });
    const other = new electron.Contents(99);
    other.mainFrame.url = "app://careboard/";
    wants({ sender: other, senderFrame: other.mainFrame });
    expect(other.mainFrame.posted).toEqual([]);
    webContents.mainFrame.url = "https://evil.example/";
    expect(wants()).toEqual([]);
    webContents.mainFrame.url = "app://careboard.evil.example/";
    expect(wants()).toEqual([]);
  });

  test("of a page loaded anew takes the place of the old one", async () => {
    await start();
    wants();
    const posted = wants();
    expect(posted.map(({ ports }) => ports[0]?.closed)).toEqual([true, false]);
  });
});

describe("quitting", () => {
  test("waits until the desk is closed", async () => {
    const closing = Promise.withResolvers<void>();
    const close = vi.fn<() => Promise<void>>(() => closing.promise);
    closeDesk = close;
    await start();
    electron.app.quit();
    electron.app.quit();
    expect(electron.orderOf("app.quit")).toBe(-1);
    closing.resolve();
    await vi.waitFor(() => expect(electron.orderOf("app.quit")).toBeGreaterThan(-1));
    expect(close).toHaveBeenCalledOnce();
  });

  test("is not stopped by a desk that can't be closed", async () => {
    closeDesk = () => Promise.reject(new Error("the disk is full"));
    await start();
    electron.app.quit();
    await vi.waitFor(() => expect(electron.orderOf("app.quit")).toBeGreaterThan(-1));
  });
});
