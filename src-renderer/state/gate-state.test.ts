import { expect, test } from "vitest";
import { gateState } from "./gate-state.ts";

const view = { link: "open", state: "live", usable: true, signedIn: true, painted: false } as const;

test("a window opens with what is held, whatever the network does", () => {
  for (const state of ["live", "syncing", "offline", "refused", "failed"] as const)
    expect(gateState({ ...view, state })).toBe("open");
});

test("painted answers open the window before the desk has spoken", () => {
  expect(gateState({ ...view, state: undefined, usable: false, link: "connecting", painted: true })).toBe("open");
  expect(gateState({ ...view, state: "opening", usable: false, painted: true })).toBe("open");
  expect(gateState({ ...view, state: undefined, usable: false, link: "connecting" })).toBe("waiting");
});

test("painted answers never outlive a sign-out or an expired link", () => {
  expect(gateState({ ...view, state: "signedOut", painted: true })).toBe("signIn");
  expect(gateState({ ...view, link: "expired", painted: true })).toBe("expired");
});

test("the first sync shows itself until the newest days are there", () => {
  expect(gateState({ ...view, state: "syncing", usable: false })).toBe("firstSync");
  expect(gateState({ ...view, state: "offline", usable: false })).toBe("firstSync");
  expect(gateState({ ...view, state: "syncing", usable: true })).toBe("open");
});
