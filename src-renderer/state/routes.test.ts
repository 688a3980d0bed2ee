import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readRoute, screens, writeRoute } from "./routes.ts";

test("an address is read and what is unknown is Today", () => {
  expect(readRoute("#/calls/abc?status=abandoned&queueId=q")).toEqual({
    screen: "calls",
    id: "abc",
    params: { status: "abandoned", queueId: "q" },
  });
  expect(readRoute("")).toEqual({ screen: "today", id: null, params: {} });
  expect(readRoute("#/nowhere/else")).toEqual({ screen: "today", id: null, params: {} });
  expect(readRoute("#/calls/%E0%A4%A")).toMatchObject({ screen: "calls", id: null });
});

test("an address of the phone systems leads into the administration", () => {
  expect(readRoute("#/phone-systems")).toEqual({ screen: "administration", id: "sources", params: {} });
  expect(readRoute("#/phone-systems/rejected").params).toEqual({ part: "rejected" });
});

test("what is written is read back, whatever stands in it", () => {
  const text = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" });
  const route = fc.record({
    screen: fc.constantFrom(...screens),
    id: fc.option(text),
    params: fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,12}$/), text, { noNullPrototype: true }),
  });
  fc.assert(
    fc.property(route, (where) => {
      expect(readRoute(writeRoute(where))).toEqual(where);
    }),
  );
});
