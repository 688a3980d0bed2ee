import * as fc from "fast-check";
import { expect, test } from "vitest";
import { syncState } from "../contract/desk-contract.ts";
import { backOff } from "./back-off.ts";
import { type DeskEvent, deskStates, together } from "./desk-state.ts";
import { type ShapeEvent, type ShapePhase, shapePhases } from "./shape-phase.ts";

const phases = Object.keys(shapePhases) as ShapePhase[];
const shapeEvents = Object.keys(shapePhases.live) as ShapeEvent[];
const deskEvents = Object.keys(deskStates.live) as DeskEvent[];

test("SPEC 1: every phase answers every event with a phase, every state with a state", () => {
  for (const phase of phases) for (const event of shapeEvents) expect(phases).toContain(shapePhases[phase][event]);
  expect(Object.keys(deskStates).sort()).toEqual([...syncState.options].sort());
  for (const state of syncState.options)
    for (const event of deskEvents) expect(syncState.options).toContain(deskStates[state][event]);
});

test("SPEC 10: from wherever a loop got to, asking again leads to live", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...shapeEvents)), (events) => {
      const got = events.reduce<ShapePhase>((phase, event) => shapePhases[phase][event], "fetching");
      expect(shapePhases[shapePhases[got].retry].upToDate).toBe("live");
    }),
  );
});

test("SPEC 3: answers that come while nothing is asked change nothing", () => {
  const answers = ["chunk", "upToDate", "mustRefetch", "refused", "unreachable", "invalid"] as const;
  for (const phase of ["resting", "refused", "failed"] as const)
    for (const event of answers) expect(shapePhases[phase][event]).toBe(phase);
});

test("nothing but a sign-in ends signedOut, and what a closed replica's loops still say is not heard", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...deskEvents.filter((e) => e !== "signIn"))), (events) => {
      expect(events.reduce((state, event) => deskStates[state][event], deskStates.live.signOut)).toBe("signedOut");
    }),
  );
  expect(deskStates.opening.upToDate).toBe("opening");
});

test("SPEC 9: one refused shape speaks for all; live is said only when every shape is", () => {
  expect(together(["live", "refused", "resting"])).toBe("refused");
  expect(together(["live", "resting"])).toBe("cut");
  expect(together(["live", "fetching"])).toBe("behind");
  expect(together(["live", "live"])).toBe("upToDate");
  expect(together([])).toBe("behind");
});

test("SPEC 10: the pause grows, is never longer than 20 s, and never nothing", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (tries, random) => {
        const pause = backOff(tries, random);
        expect(pause).toBeGreaterThanOrEqual(250);
        expect(pause).toBeLessThanOrEqual(20_000);
        expect(backOff(tries + 1, random)).toBeGreaterThanOrEqual(pause);
      },
    ),
  );
});
