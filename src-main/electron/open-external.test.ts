import { afterEach, expect, test, vi } from "vitest";
import { shell } from "./electron-stand-in.ts";
import { openExternal } from "./open-external.ts";

vi.mock("electron", () => import("./electron-stand-in.ts"));
afterEach(() => void vi.restoreAllMocks());

test.each(["https://login.example/authorize?state=a%20b&nonce=1", "http://127.0.0.1:8790/authorize"])(
  "%s is handed to the system",
  async (address) => {
    const opened = vi.spyOn(shell, "openExternal");
    await openExternal(address);
    expect(opened.mock.calls).toEqual([[address]]);
  },
);

test.each([
  ["https://login.example@evil.example/", "name or password"],
  ["https://ada:secret@login.example/", "name or password"],
  ["http://login.example/authorize", "isn't an https address"],
  ["http://clinic.example/", "isn't an https address"],
  ["file:///etc/passwd", "isn't an https address"],
  ["javascript:alert(1)", "isn't an https address"],
  ["ms-msdt:/id", "isn't an https address"],
  ["\\\\evil\\share\\program.exe", "isn't one"],
  ["", "isn't one"],
])("%s is refused", async (address, why) => {
  const opened = vi.spyOn(shell, "openExternal");
  await expect(openExternal(address)).rejects.toThrow(why);
  expect(opened).not.toHaveBeenCalled();
});

test("a refusal doesn't repeat the address", async () => {
  const refused = openExternal("http://login.example/?code=s3cret").catch(String);
  expect(await refused).not.toContain("login.example");
});
