import { afterEach, expect, test, vi } from "vitest";
import { shell } from "./electron-stand-in.ts";
import { openExternal } from "./open-external.ts";

vi.mock("electron", () => import("./electron-stand-in.ts"));
afterEach(() => void vi.restoreAllMocks());

const origins = ["https://login.example", "http://127.0.0.1:8790", "http://clinic.example", "null"];

test.each(["https://login.example/authorize?state=a%20b&nonce=1", "http://127.0.0.1:8790/authorize"])(
  "%s is handed to the system",
  async (address) => {
    const opened = vi.spyOn(shell, "openExternal");
    await openExternal(address, origins);
    expect(opened.mock.calls).toEqual([[address]]);
  },
);

test.each([
  ["https://login.example.evil.example/authorize", "not among"],
  ["https://login.example:8443/authorize", "not among"],
  ["https://evil.example/?https://login.example", "not among"],
  ["https://login.example@evil.example/", "name or password"],
  ["https://ada:secret@login.example/", "name or password"],
  ["http://login.example/authorize", "isn't an https address"],
  ["http://clinic.example/", "isn't an https address"],
  ["http://127.0.0.1:9999/", "not among"],
  ["file:///etc/passwd", "isn't an https address"],
  ["javascript:alert(1)", "isn't an https address"],
  ["ms-msdt:/id", "isn't an https address"],
  ["\\\\evil\\share\\program.exe", "isn't one"],
  ["", "isn't one"],
])("%s is refused", async (address, why) => {
  const opened = vi.spyOn(shell, "openExternal");
  await expect(openExternal(address, origins)).rejects.toThrow(why);
  expect(opened).not.toHaveBeenCalled();
});

test("a refusal repeats nothing but the origin", async () => {
  const refused = openExternal("https://evil.example/?code=s3cret", origins).catch(String);
  expect(await refused).not.toContain("s3cret");
});
