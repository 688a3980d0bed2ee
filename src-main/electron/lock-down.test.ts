import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MenuItemConstructorOptions } from "electron";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import { type StandInDesktop, standInDesktop } from "./stand-in-desktop.ts";

// What the shell denies beside the points of Electron's checklist.
let it: StandInDesktop;
beforeEach(async () => {
  it = await standInDesktop();
});
afterEach(() => it.end());

const prevented = (emit: (event: unknown) => void) => {
  const preventDefault = vi.fn<() => void>();
  emit({ preventDefault });
  return preventDefault.mock.calls.length === 1;
};

describe("a page", () => {
  test("gets no device, chosen or granted before", async () => {
    await it.start();
    expect(it.handler("devicePermission")({ deviceType: "usb", origin: "app://careboard" })).toBe(false);
    expect(it.handler("usbProtectedClasses")({ protectedClasses: [] })).toHaveLength(7);
    const answer = vi.fn<(...args: unknown[]) => void>();
    it.handler("bluetoothPairing")({ deviceId: "x", pairingKind: "confirm" }, answer);
    expect(answer).toHaveBeenLastCalledWith({ confirmed: false });
    const session = it.theSession();
    const { webContents } = it.theWindow();
    const device = [{ deviceId: "x" }];
    expect(prevented((event) => session.emit("select-hid-device", event, { deviceList: device }, answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith();
    expect(prevented((event) => session.emit("select-usb-device", event, { deviceList: device }, answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith();
    expect(prevented((event) => session.emit("select-serial-port", event, device, webContents, answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith("");
    expect(prevented((event) => webContents.emit("select-bluetooth-device", event, device, answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith("");
  });

  test("sees no screen but its own, and opens no file", async () => {
    await it.start();
    const answer = vi.fn<(...args: unknown[]) => void>();
    it.handler("displayMedia")({ videoRequested: true }, answer);
    expect(answer).toHaveBeenLastCalledWith(null);
    expect(
      prevented((event) => it.theSession().emit("file-system-access-restricted", event, { path: "/etc" }, answer)),
    ).toBe(true);
    expect(answer).toHaveBeenLastCalledWith("deny");
  });

  test.each([
    ["blob:app://careboard/1234", "calls 2026-11.csv", {}, true],
    ["blob:app://careboard/1234", "Audit.XLSX", {}, true],
    ["blob:app://careboard/1234", "calls.csv.exe", {}, false],
    ["blob:app://careboard/1234", "calls", {}, false],
    ["blob:app://careboard.evil.example/1234", "calls.csv", {}, false],
    ["blob:https://evil.example/1234", "calls.csv", {}, false],
    ["https://evil.example/calls.csv", "calls.csv", {}, false],
    ["data:text/csv,a", "calls.csv", {}, false],
    ["blob:app://careboard/1234", "calls.csv", { parent: {} }, false],
    ["blob:app://careboard/1234", "calls.csv", { url: "https://evil.example/" }, false],
    ["blob:app://careboard/1234", "calls.csv", null, false],
  ])("saves %s as %s from the frame %o: %s", async (url, name, change, saved) => {
    await it.start();
    const item = { getURL: () => url, getFilename: () => name };
    const frame = change && { url: "app://careboard/#/calls", parent: null, ...change };
    const { webContents } = it.theWindow();
    expect(prevented((event) => it.theSession().emit("will-download", event, item, webContents, frame))).toBe(!saved);
  });

  test("has no spell checker that learns what people write", async () => {
    await it.start();
    expect(it.theWindow().options.webPreferences).toMatchObject({ spellcheck: false });
    expect(it.electron.argsOf("session.setSpellCheckerEnabled")).toEqual([false]);
  });

  test.each([true, false])("has developer tools only outside of a package (packaged: %s)", async (packaged) => {
    await it.start({ packaged });
    expect(it.theWindow().options.webPreferences).toMatchObject({ devTools: !packaged });
    const menu = must(it.electron.argsOf("menu"), "a menu")[0] as MenuItemConstructorOptions[];
    const roles = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu.map(({ role }) => role) : []));
    expect(roles.includes("toggleDevTools")).toBe(!packaged);
    const answer = vi.fn<(response: unknown) => void>();
    it.handler("beforeRequest")({ url: "devtools://devtools/bundled/inspector.html" }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: packaged });
  });
});

describe("the network", () => {
  test("gets no name and password from here", async () => {
    await it.start();
    const answer = vi.fn<(...args: unknown[]) => void>();
    expect(prevented((event) => it.electron.app.emit("login", event, null, {}, { isProxy: true }, answer))).toBe(true);
    expect(answer.mock.calls).toEqual([[]]);
  });

  test("has to show a certificate that holds: nobody overrides that", async () => {
    await it.start();
    expect(it.electron.app.listenerCount("certificate-error")).toBe(0);
    expect(it.electron.app.listenerCount("select-client-certificate")).toBe(0);
    expect(it.theWindow().webContents.listenerCount("certificate-error")).toBe(0);
    const code = globSync(join(import.meta.dirname, "../**/*.ts")).filter((file) => !file.endsWith(".test.ts"));
    const sources = code.map((file) => readFileSync(file, "utf8")).join("\n");
    expect(sources).not.toMatch(/setCertificateVerifyProc|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/);
  });

  test("leaves nothing in an HTTP cache", async () => {
    await it.start();
    expect(it.electron.argsOf("app.commandLine.appendSwitch")?.[0]).toBe("disable-http-cache");
    expect(it.electron.orderOf("app.commandLine.appendSwitch")).toBeLessThan(
      it.electron.orderOf("app.requestSingleInstanceLock"),
    );
    expect(it.theSession()).toMatchObject({ partition: "persist:careboard", options: { cache: false } });
  });

  test("hears of no crash", async () => {
    await it.start();
    expect(it.electron.orderOf("crashReporter.start")).toBe(-1);
  });
});

describe("the command line", () => {
  test("of a package opens no debugger and loads no foreign code", async () => {
    await it.start({ switches: ["remote-debugging-port", "load-extension", "ignore-certificate-errors", "lang"] });
    expect([...it.electron.app.switches]).toEqual(["lang"]);
    expect(it.electron.orderOf("app.commandLine.removeSwitch")).toBeLessThan(
      it.electron.orderOf("app.requestSingleInstanceLock"),
    );
  });

  test.each(["no-sandbox", "disable-gpu-sandbox", "single-process"])("with --%s starts nothing", async (name) => {
    await it.start({ switches: [name] });
    expect(it.electron.argsOf("dialog.showErrorBox")?.[1]).toContain(`doesn't run with --${name}`);
    expect(it.electron.argsOf("app.exit")).toEqual([1]);
    expect(it.electron.orderOf("createDesk")).toBe(-1);
  });

  test("of a developer is left alone", async () => {
    await it.start({ packaged: false, switches: ["remote-debugging-port"] });
    expect([...it.electron.app.switches]).toEqual(["remote-debugging-port"]);
  });
});

describe("instances", () => {
  test("the first opens the replica only once it holds the lock", async () => {
    await it.start();
    expect(it.electron.orderOf("app.requestSingleInstanceLock")).toBeGreaterThan(-1);
    expect(it.electron.orderOf("app.requestSingleInstanceLock")).toBeLessThan(it.electron.orderOf("createDesk"));
    expect(it.electron.argsOf("createDesk")).toMatchObject([{ home: it.folder, browserShell: false }]);
  });

  test("a second ends without opening anything, and the first comes to the front", async () => {
    await it.start({ lock: false });
    expect(it.electron.orderOf("createDesk")).toBe(-1);
    expect(it.electron.windows).toEqual([]);
    await it.end();
    it = await standInDesktop();
    await it.start();
    it.electron.app.emit("second-instance");
    expect(it.electron.orderOf("window.focus")).toBeGreaterThan(-1);
    expect(it.electron.windows).toHaveLength(1);
  });
});

test("the desk locks with the system", async () => {
  await it.start();
  it.electron.powerMonitor.emit("suspend");
  expect(it.desk.lock.mock.calls).toEqual([["system"]]);
});
