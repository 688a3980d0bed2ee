import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import type { KeyWrapper } from "../session/key-wrapper.ts";
import { type StandInDesktop, type standInContract, standInDesktop } from "./stand-in-desktop.ts";

let it: StandInDesktop;
beforeEach(async () => {
  it = await standInDesktop();
});
afterEach(() => it.end());

describe("before Electron is ready", () => {
  test("what Chromium keeps goes beside the desk's data, never into a roaming profile", async () => {
    await it.start();
    const paths = it.electron.done.filter(({ what }) => what === "app.setPath").map(({ args }) => args);
    expect(paths).toEqual([
      ["userData", join(it.folder, "electron")],
      ["sessionData", join(it.folder, "electron")],
    ]);
    expect(it.electron.orderOf("app.setPath")).toBeLessThan(it.electron.orderOf("app.requestSingleInstanceLock"));
  });

  test("an application packaged for a server speaks to no other, and one that isn't takes the one it is told", async () => {
    await writeFile(
      join(it.folder, "package.json"),
      JSON.stringify({ careboard: { server: "https://clinic.example" } }),
    );
    await it.start();
    expect(it.electron.argsOf("createDesk")).toMatchObject([{ serverUrl: "https://clinic.example", home: it.folder }]);
    await it.end();
    it = await standInDesktop();
    await it.start();
    expect(it.electron.argsOf("createDesk")).toMatchObject([{ serverUrl: "http://127.0.0.1:8787" }]);
  });
});

describe("the desk", () => {
  type Given = { wrapper: KeyWrapper | null; openBrowser: (url: string) => Promise<void>; board: boolean };
  const given = () => must(it.electron.argsOf("createDesk"), "a desk")[0] as Given;

  test("is given the system's secret store where there is one", async () => {
    await it.start();
    const { wrapper } = given();
    const wrapped = await must(wrapper, "a wrapper").wrap(Buffer.from("a key"));
    expect(wrapped.toString()).not.toContain("a key");
    expect(await must(wrapper, "a wrapper").unwrap(wrapped)).toEqual(Buffer.from("a key"));
    await it.end();
    it = await standInDesktop();
    it.electron.safeStorage.available = false;
    await it.start({ board: true });
    expect(given()).toMatchObject({ wrapper: null, board: true });
  });

  test("is given a way to the system's browser, for https alone", async () => {
    await it.start();
    await given().openBrowser("https://login.example/authorize");
    await expect(given().openBrowser("file:///etc/passwd")).rejects.toThrow("isn't an https address");
    const opened = it.electron.done.filter(({ what }) => what === "shell.openExternal").map(({ args }) => args);
    expect(opened).toEqual([["https://login.example/authorize"]]);
  });
});

describe("the window", () => {
  test("of a board fills the screen", async () => {
    await it.start({ board: true });
    expect(it.theWindow().options).toMatchObject({ fullscreen: true, autoHideMenuBar: true });
    expect(it.electron.argsOf("window.loadURL")).toEqual(["app://careboard/#/board"]);
  });

  test("whose page died is loaded again, three times a minute and not more, and the log says nothing of its content", async () => {
    await it.start();
    const { webContents } = it.theWindow();
    const die = (reason: string) => webContents.emit("render-process-gone", {}, { reason, exitCode: 5 });
    const reloads = () => it.electron.done.filter(({ what }) => what === "contents.reload").length;
    die("clean-exit");
    expect(reloads()).toBe(0);
    for (let n = 0; n < 5; n++) die("crashed");
    expect(reloads()).toBe(3);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
    die("oom");
    expect(reloads()).toBe(4);
    expect(it.said.mock.calls.flat()).toContain("The page's process is gone: oom, 5.");
  });

  test("names another process of Chromium that died by its kind alone", async () => {
    await it.start();
    it.electron.app.emit(
      "child-process-gone",
      {},
      { type: "GPU", reason: "crashed", exitCode: 9, name: "ada@x.example" },
    );
    it.electron.app.emit("child-process-gone", {}, { type: "Utility", reason: "clean-exit", exitCode: 0 });
    expect(it.said.mock.calls).toEqual([["Chromium's GPU process is gone: crashed, 9."]]);
  });
});

describe("the port", () => {
  const wants = () => {
    const { webContents } = it.theWindow();
    it.electron.ipcMain.emit("careboard:port", { sender: webContents, senderFrame: webContents.mainFrame });
    return webContents.mainFrame.posted;
  };

  test("goes to our page, alone, and speaks the contract", async () => {
    await it.start();
    const posted = wants();
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ channel: "careboard:port" });
    expect(posted[0]?.ports).toHaveLength(1);
    const client = createORPCClient<ContractRouterClient<typeof standInContract>>(
      new RPCLink({ port: must(posted[0]?.ports[0], "a port") }),
    );
    expect(await client.desk.reconnect()).toEqual({ asked: true });
  });

  test("of a page loaded anew takes the place of the old one", async () => {
    await it.start();
    wants();
    const posted = wants();
    expect(posted.map(({ ports }) => ports[0]?.closed)).toEqual([true, false]);
  });
});

describe("quitting", () => {
  test("waits until the desk is closed", async () => {
    const closing = Promise.withResolvers<void>();
    const close = vi.fn<() => Promise<void>>(() => closing.promise);
    it.desk.close = close;
    await it.start();
    it.electron.app.quit();
    it.electron.app.quit();
    expect(it.electron.orderOf("app.quit")).toBe(-1);
    closing.resolve();
    await vi.waitFor(() => expect(it.electron.orderOf("app.quit")).toBeGreaterThan(-1));
    expect(close).toHaveBeenCalledOnce();
  });

  test("is not stopped by a desk that can't be closed", async () => {
    it.desk.close = () => Promise.reject(new Error("the disk is full"));
    await it.start();
    it.electron.app.quit();
    await vi.waitFor(() => expect(it.electron.orderOf("app.quit")).toBeGreaterThan(-1));
  });
});
