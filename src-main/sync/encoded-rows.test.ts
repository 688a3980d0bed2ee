import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "#shared/sync/fold-changes.ts";
import { copyText } from "./copy-text.ts";
import { encodeRows, textOf } from "./encoded-rows.ts";

const insert = (value: Change["value"]): Change => ({ key: "k", value, headers: { operation: "insert" } });
const value = fc.option(fc.string({ unit: fc.constantFrom("a", "é", "\n", "\r", "\t", "\\", "N", "") }));

test("any run of the rows is the COPY text of just those rows", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: fc.uuid(), a: value, b: value }), { minLength: 1 }),
      fc.nat(),
      fc.nat(),
      (rows, x, y) => {
        const encoded = encodeRows(rows.map(insert), new Set(["id", "a", "b"]));
        if (!encoded) throw new Error("inserts alone are encoded");
        const [from = 0, to = 0] = [x % (rows.length + 1), y % (rows.length + 1)].sort((a, b) => a - b);
        expect(new TextDecoder().decode(textOf(encoded, from, to))).toBe(
          copyText(rows.slice(from, to), encoded.columns),
        );
      },
    ),
  );
});

test("columns that this version does not know are left out, and anything but inserts is not encoded", () => {
  expect(encodeRows([insert({ id: "1", later: "x" })], new Set(["id"]))?.columns).toEqual(["id"]);
  expect(
    encodeRows(
      [insert({ id: "1" }), { key: "k", value: { id: "1" }, headers: { operation: "delete" } }],
      new Set(["id"]),
    ),
  ).toBeNull();
  expect(encodeRows([], new Set(["id"]))).toBeNull();
});
