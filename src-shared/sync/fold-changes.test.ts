import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, foldChanges, type WireRow } from "./fold-changes.ts";

type Table = Map<string, WireRow>;

/** What the changes mean, one after the other. */
function oneByOne(table: Table, changes: Change[]): Table {
  const rows = new Map(table);
  for (const { value, headers } of changes) {
    const id = value.id ?? "";
    const held = rows.get(id);
    if (headers.operation === "delete") rows.delete(id);
    else if (headers.operation === "insert") rows.set(id, value);
    else if (held) rows.set(id, { ...held, ...value });
  }
  return rows;
}

function folded(table: Table, changes: Change[]): Table {
  const rows = new Map(table);
  const { upserts, updates, deletes } = foldChanges(changes);
  for (const id of deletes) rows.delete(id);
  for (const row of updates) if (rows.has(row.id ?? "")) rows.set(row.id ?? "", { ...rows.get(row.id ?? ""), ...row });
  for (const row of upserts) rows.set(row.id ?? "", { ...rows.get(row.id ?? ""), ...row });
  return rows;
}

const id = fc.constantFrom("a", "b", "c");
const text = fc.option(fc.constantFrom("1", "2", "3"), { nil: null });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ id, x: text, y: text }).map((value) => made("insert", value)),
  fc.record({ id, x: text }).map((value) => made("update", value)),
  fc.record({ id, y: text }).map((value) => made("update", value)),
  id.map((id) => made("delete", { id })),
);
const made = (operation: Change["headers"]["operation"], value: WireRow): Change => ({
  key: `"public"."t"/"${value.id}"`,
  value,
  headers: { operation },
});
const asText = (table: Table) =>
  [...table]
    .map(([k, { id, x, y }]) => JSON.stringify([k, id, x, y]))
    .toSorted()
    .join();

test("SPEC 5: folded changes leave the rows that they leave one by one, in any slices", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.integer({ min: 1, max: 30 }), (changes, size) => {
      let table: Table = new Map();
      for (let at = 0; at < changes.length; at += size) table = folded(table, changes.slice(at, at + size));
      expect(asText(table)).toBe(asText(oneByOne(new Map(), changes)));
    }),
    { numRuns: 500 },
  );
});

test("SPEC 6: what is applied again from an earlier point ends in the same rows", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.nat(30), (changes, from) => {
      const once = oneByOne(new Map(), changes);
      expect(asText(folded(once, changes.slice(from)))).toBe(asText(once));
    }),
    { numRuns: 500 },
  );
});

test("each row is named at most once, so the order of the three does not matter", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const { upserts, updates, deletes } = foldChanges(changes);
      const named = [...upserts.map((r) => r.id), ...updates.map((r) => r.id), ...deletes];
      expect(new Set(named).size).toBe(named.length);
    }),
  );
});
