import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { powerMonitor } from "./electron-stand-in.ts";
import { lockWithSystem } from "./lock-with-system.ts";

vi.mock("electron", () => import("./electron-stand-in.ts"));
const lock = vi.fn<(why: string) => void>();
let stop = () => {};
beforeEach(() => {
  vi.useFakeTimers();
  stop = lockWithSystem({ lock });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  lock.mockReset();
  powerMonitor.idle = "active";
});

test.each(["lock-screen", "suspend", "user-did-resign-active"])("%s locks the desk at once", (event) => {
  powerMonitor.emit(event);
  expect(lock.mock.calls).toEqual([["system"]]);
});

test("a screen that locks without saying so, and a machine that nobody touches, lock the desk too", () => {
  vi.advanceTimersByTime(60_000);
  expect(lock).not.toHaveBeenCalled();
  powerMonitor.idle = "locked";
  vi.advanceTimersByTime(15_000);
  powerMonitor.idle = "idle";
  vi.advanceTimersByTime(15_000);
  expect(lock.mock.calls).toEqual([["system"], ["idle"]]);
  // Once is enough, until somebody was there again.
  vi.advanceTimersByTime(60_000);
  expect(lock).toHaveBeenCalledTimes(2);
  powerMonitor.idle = "active";
  vi.advanceTimersByTime(15_000);
  powerMonitor.idle = "idle";
  vi.advanceTimersByTime(15_000);
  expect(lock).toHaveBeenCalledTimes(3);
});

test("nobody lengthens the ten minutes", () => {
  const asked = vi.spyOn(powerMonitor, "getSystemIdleState");
  vi.advanceTimersByTime(15_000);
  expect(asked).toHaveBeenCalledWith(600);
});

test("once stopped, nothing locks", () => {
  stop();
  powerMonitor.idle = "locked";
  powerMonitor.emit("lock-screen");
  vi.advanceTimersByTime(60_000);
  expect(lock).not.toHaveBeenCalled();
});
