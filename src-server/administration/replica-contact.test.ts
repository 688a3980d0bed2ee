import * as fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "./replica-contact.ts";

type Desk = { replica: string; counter: number };
type Server = Parameters<typeof judge>[0];

/** One contact: the desk shows what it holds and keeps what it is given, unless the answer is lost. */
function meet(server: Server, desk: Desk, lost: boolean): { server: Server; desk: Desk; older: boolean } {
  const { older, keep } = judge(server, desk);
  return {
    older,
    server: keep ?? server,
    desk: keep && !lost ? { ...desk, counter: keep.given } : desk,
  };
}

test("a desk that goes on as it is, is never called an older copy, whatever answers are lost", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), (losses) => {
      let server: Server = null;
      let desk: Desk = { replica: "a", counter: 0 };
      for (const lost of losses) {
        const met = meet(server, desk, lost);
        expect(met.older).toBe(false);
        ({ server, desk } = met);
      }
    }),
  );
});

test("a copy from before the last acknowledged contact is noticed, and goes on being noticed", () => {
  fc.assert(
    fc.property(fc.nat(20), fc.integer({ min: 2, max: 20 }), fc.array(fc.boolean()), (before, later, losses) => {
      let server: Server = null;
      let desk: Desk = { replica: "a", counter: 0 };
      for (let i = 0; i < before; i++) ({ server, desk } = meet(server, desk, false));
      const copy = desk;
      for (let i = 0; i < later; i++) ({ server, desk } = meet(server, desk, losses[i] ?? false));
      // Answers may all have been lost: then the copy is no older than the desk itself.
      fc.pre(server !== null && server.acknowledged > copy.counter);
      for (let i = 0; i < 3; i++) {
        const met = meet(server, copy, false);
        expect(met.older).toBe(true);
        ({ server } = met);
      }
    }),
  );
});

test("a fresh replica takes the place of the one before, and a copy of that one is noticed", () => {
  let server: Server = null;
  let first: Desk = { replica: "a", counter: 0 };
  for (let i = 0; i < 3; i++) ({ server, desk: first } = meet(server, first, false));
  const fresh = meet(server, { replica: "b", counter: 0 }, false);
  expect(fresh.older).toBe(false);
  expect(judge(fresh.server, first).older).toBe(true);
});

test("a server that was put back from a backup believes the desk", () => {
  expect(judge({ replica: "a", acknowledged: 3, given: 4 }, { replica: "a", counter: 9 })).toEqual({
    older: false,
    keep: { replica: "a", acknowledged: 9, given: 10 },
  });
});
