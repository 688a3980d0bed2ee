import * as fc from "fast-check";
import { expect, test } from "vitest";
import { syncState } from "#shared/contract/desk-contract.ts";
import { gateState } from "./gate-state.ts";

const status = { state: "live", door: "open", usable: true, signedIn: true } as const;
const view = { link: "open", status, codesToShow: false, covered: false } as const;
const doors = ["closed", "open", "locked", "leaseOver", "keyLost", "needsPassphrase"] as const;

test("a window opens with what is held, whatever the network does", () => {
  for (const state of ["live", "syncing", "offline", "refused", "failed"] as const)
    expect(gateState({ ...view, status: { ...status, state } })).toBe("open");
});

test("before the desk has spoken there is nothing to show", () => {
  expect(gateState({ ...view, status: undefined, link: "connecting" })).toBe("waiting");
  expect(gateState({ ...view, status: undefined, link: "lost" })).toBe("unreachable");
  expect(gateState({ ...view, status: { ...status, door: "closed", state: "opening", usable: false } })).toBe(
    "waiting",
  );
  expect(gateState({ ...view, link: "expired" })).toBe("expired");
});

test("the screens are never drawn behind a door that isn't open", () => {
  const shut = fc.record({
    link: fc.constantFrom("connecting", "open", "lost", "expired" as const),
    status: fc.record({
      state: fc.constantFrom(...syncState.options),
      door: fc.constantFrom(...doors.filter((door) => door !== "open")),
      usable: fc.boolean(),
      signedIn: fc.boolean(),
    }),
    codesToShow: fc.boolean(),
    covered: fc.boolean(),
  });
  fc.assert(
    fc.property(shut, (one) => {
      expect(["open", "firstSync", "recoveryCodes"]).not.toContain(gateState(one));
    }),
  );
});

test("each door has its page", () => {
  const behind = (door: (typeof doors)[number]) => gateState({ ...view, status: { ...status, door } });
  expect(doors.map(behind)).toEqual(["signIn", "open", "locked", "leaseOver", "keyLost", "needsPassphrase"]);
});

test("a window whose desk is gone covers itself once nobody was here for too long", () => {
  expect(gateState({ ...view, link: "lost" })).toBe("open");
  for (const link of ["lost", "connecting", "open"] as const)
    expect(gateState({ ...view, link, covered: true })).toBe("unreachable");
});

test("recovery codes are read before anything else, but never behind a lock", () => {
  expect(gateState({ ...view, codesToShow: true })).toBe("recoveryCodes");
  expect(gateState({ ...view, codesToShow: true, status: { ...status, door: "locked" } })).toBe("locked");
});

test("the first sync shows itself until the newest days are there", () => {
  expect(gateState({ ...view, status: { ...status, state: "syncing", usable: false } })).toBe("firstSync");
  expect(gateState({ ...view, status: { ...status, state: "offline", usable: false } })).toBe("firstSync");
  expect(gateState({ ...view, status: { ...status, state: "syncing" } })).toBe("open");
});
