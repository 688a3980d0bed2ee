import { afterEach, expect, test, vi } from "vitest";
import { ipcRenderer } from "./electron/electron-stand-in.ts";

vi.mock("electron", () => import("./electron/electron-stand-in.ts"));
afterEach(() => void vi.unstubAllGlobals());

const page = Object.assign(new EventTarget(), { location: { origin: "app://careboard" } });
const say = (change: Record<string, unknown> = {}) => {
  const event = new Event("message");
  const said = { source: globalThis, origin: "app://careboard", data: "careboard:want-port", ...change };
  for (const [name, value] of Object.entries(said)) Object.defineProperty(event, name, { value });
  page.dispatchEvent(event);
};

test("asks once for our own page, and hands on one port and nothing else", async () => {
  const posted: unknown[] = [];
  vi.stubGlobal("location", page.location);
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("postMessage", (...args: unknown[]) => posted.push(args));
  const sent = vi.spyOn(ipcRenderer, "send");
  await import("./preload.ts");
  say({ origin: "https://evil.example" });
  say({ source: {} });
  say({ data: "something else" });
  expect(sent).not.toHaveBeenCalled();
  say();
  say();
  expect(sent.mock.calls).toEqual([["careboard:port"]]);
  ipcRenderer.emit("careboard:port", { ports: ["the port", "another"] });
  ipcRenderer.emit("careboard:port", { ports: ["a later one"] });
  expect(posted).toEqual([["careboard:port", "app://careboard", ["the port"]]]);
});
