import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findElectron, type Screenful } from "./electron-binary.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard-electron-"));
});
afterEach(() => rm(folder, { recursive: true }));

const machine = (change: Partial<Screenful> = {}): Screenful => ({
  platform: "linux",
  root: false,
  env: { DISPLAY: ":0" },
  ...change,
});
async function put(path: string, text = ""): Promise<void> {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), text);
}

test("a package without its binary is one without its binary, whatever path.txt says", async () => {
  expect(findElectron(folder, machine())).toEqual({ reason: "Electron's binary isn't on this machine" });
  await put("path.txt", "electron");
  expect(findElectron(folder, machine())).toEqual({ reason: "Electron's binary isn't on this machine" });
});

test("the binary is found by path.txt, by the platform's name, and where the environment says", async () => {
  await put("dist/electron");
  expect(findElectron(folder, machine())).toEqual({ path: join(folder, "dist/electron") });
  await put("dist/electron-nightly");
  await put("path.txt", "electron-nightly\n");
  expect(findElectron(folder, machine())).toEqual({ path: join(folder, "dist/electron-nightly") });
  await put("elsewhere/electron-nightly");
  const env = { DISPLAY: ":0", ELECTRON_OVERRIDE_DIST_PATH: join(folder, "elsewhere") };
  expect(findElectron(folder, machine({ env }))).toEqual({ path: join(folder, "elsewhere/electron-nightly") });
});

test("on Linux it is left alone as root and without a display, where it would end at once", async () => {
  await put("dist/electron");
  expect(findElectron(folder, machine({ root: true }))).toEqual({ reason: "Electron doesn't run as root" });
  expect(findElectron(folder, machine({ env: {} }))).toEqual({ reason: "there is no display for Electron" });
  expect(findElectron(folder, machine({ env: { WAYLAND_DISPLAY: "wayland-0" } }))).toHaveProperty("path");
  await put("dist/electron.exe");
  expect(findElectron(folder, machine({ platform: "win32", env: {} }))).toEqual({
    path: join(folder, "dist/electron.exe"),
  });
});
