import { expect, test } from "vitest";
import { dataHome } from "./data-home.ts";

const machine = { platform: "linux", env: {}, home: "/home/ana", checkout: null };

test("CAREBOARD_HOME wins, whatever the platform", () => {
  expect(dataHome({ ...machine, env: { CAREBOARD_HOME: "/srv/care board" } })).toBe("/srv/care board");
});

test("each platform's local application data, never a roaming profile", () => {
  expect(dataHome(machine)).toBe("/home/ana/.local/share/careboard");
  expect(dataHome({ ...machine, env: { XDG_DATA_HOME: "/data" } })).toBe("/data/careboard");
  expect(dataHome({ ...machine, platform: "darwin", home: "/Users/ana" })).toBe(
    "/Users/ana/Library/Application Support/Careboard",
  );
  const windows = {
    ...machine,
    platform: "win32",
    home: "C:\\Users\\ana",
    env: { APPDATA: "C:\\Users\\ana\\AppData\\Roaming" },
  };
  expect(dataHome(windows)).toBe("C:\\Users\\ana\\AppData\\Local\\Careboard");
});

test("two checkouts keep apart", () => {
  expect(dataHome({ ...machine, checkout: "a1b2c3d4" })).toBe("/home/ana/.local/share/careboard/a1b2c3d4");
});
