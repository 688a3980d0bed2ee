import * as fc from "fast-check";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { LineCutter } from "../collector/line-cutter.ts";
import { callFacts } from "./call-facts.ts";
import { fieldNames } from "./field-name.ts";
import { type FieldOrder, knownOrders } from "./field-order.ts";
import { recordsOf, shapes } from "./fixture/shapes.ts";
import { legOf } from "./leg.ts";
import { readLine } from "./read-line.ts";
import { splitLines } from "./split-lines.ts";

/** A day of calls: which shapes, and each with its number. What they mean is counted from the table, not by the reader. */
const day = fc.array(fc.nat(shapes.length - 1), { minLength: 1, maxLength: 40 });
const linesOf = (kinds: number[]) =>
  kinds.flatMap((kind, i) => recordsOf(must(shapes[kind], "shape"), i + 1, Date.UTC(2024, 3, 30, 6) + i * 61_000));

function tally(
  of: { direction: string; status: string; agent: string | null; wait: number | null; talk: number | null }[],
) {
  const counts: Record<string, number> = {};
  for (const call of of) {
    const keys = [`${call.direction} ${call.status}`, `agent ${call.agent}`];
    for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
    counts.wait = (counts.wait ?? 0) + (call.wait ?? 0);
    counts.talk = (counts.talk ?? 0) + (call.talk ?? 0);
  }
  return counts;
}

function read(lines: string[]) {
  const legs = lines.map((line) => {
    const reading = readLine(line, null);
    if ("reason" in reading) throw new Error(reading.reason);
    return legOf(reading.record, () => false);
  });
  const calls = Map.groupBy(legs, (leg) => leg.record.callId);
  return [...calls.values()].map((of) => callFacts(of));
}

test("any day in any order, any record twice, cut over any packets: the same totals as counted by hand", () => {
  fc.assert(
    fc.property(day, fc.infiniteStream(fc.nat()), fc.boolean(), (kinds, chance, windows) => {
      const next = () => must(chance.next().value as number | undefined, "chance");
      const lines = linesOf(kinds);
      const sent = [...lines, ...lines.filter(() => next() % 3 === 0)];
      for (let i = sent.length - 1; i > 0; i--) {
        const j = next() % (i + 1);
        [sent[i], sent[j]] = [must(sent[j], "line"), must(sent[i], "line")];
      }
      const bytes = Buffer.from(sent.join(windows ? "\r\n" : "\n"));
      const cutter = new LineCutter();
      const got: string[] = [];
      for (let at = 0; at < bytes.length;) {
        const size = 1 + (next() % 700);
        got.push(...cutter.push(bytes.subarray(at, at + size)).map(String));
        at += size;
      }
      got.push(...cutter.end().map(String));
      expect(got).toEqual(sent);
      expect(splitLines(bytes).map(String)).toEqual(sent);
      const calls = read(got).map((call) => ({
        ...call,
        agent: call.agentExtension,
        wait: call.waitSeconds,
        talk: call.talkSeconds,
      }));
      expect(tally(calls)).toEqual(tally(kinds.map((kind) => must(shapes[kind], "shape"))));
    }),
    { numRuns: 60 },
  );
});

/** Text that people type, down to names that look like the phone system's own words and numbers. */
const typed = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."a b,;:.'\"0129éß-()".split("")), maxLength: 20 }),
  fc.constantFrom("", "Queue", "Extension", "Line,", ",", "Ext.101", "101", "Doe,Jane", "Chain", "00:01:00"),
);
const named = ["bill-name", "from-dispname", "to-dispname", "final-dispname"] as const;
const typedOrders = knownOrders.filter((order) => order.includes("from-type"));
const whole = shapes.filter((shape) => shape.records.every((record) => record.split(",").length === 27));

/** A shape's records in another order of fields, with other names. */
function rewritten(shape: { records: string[] }, order: FieldOrder, names: readonly string[]): string[] {
  return recordsOf(shape, 1, Date.UTC(2024, 3, 30, 6)).map((line) => {
    const values = line.replace("Call ", "").split(",");
    for (const [i, name] of named.entries()) values[fieldNames.indexOf(name)] = names[i] ?? "";
    return order.map((name) => values[fieldNames.indexOf(name)]).join(",");
  });
}

test("whatever people type into names, in any known order: the numbers are right or the line is refused", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.constantFrom(...typedOrders),
      fc.tuple(typed, typed, typed, typed),
      (shape, order, names) => {
        const lines = rewritten(shape, order, names);
        if (lines.some((line) => "reason" in readLine(line, null))) return;
        const nameless = read(rewritten(shape, order, []));
        // Lines without a callid are calls by what they say, which commas don't change.
        expect(read(lines).map((call) => ({ ...call, callerName: null }))).toEqual(
          nameless.map((call) => ({ ...call, callerName: null })),
        );
      },
    ),
    { numRuns: 800 },
  );
});

// With the final type first the three types can be read in two ways when one of them is missing: some lines are refused.
const usual = typedOrders.filter((order) => order.indexOf("final-type") > order.indexOf("from-type"));

test("commas in the names of people are settled, not refused", () => {
  const person = fc.constantFrom(
    "",
    "Ana",
    "Doe, Jane",
    "Doe,Jane",
    "A, B, C",
    "Desk 3",
    "2025550143",
    "Müller-Lü",
    "O'Neil, Dr.",
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.constantFrom(...usual),
      fc.tuple(fc.constant(""), person, person, person),
      (shape, order, names) => {
        const refused = rewritten(shape, order, names)
          .map((line) => readLine(line, null))
          .filter((reading) => "reason" in reading);
        expect(refused).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test("no text makes the reader panic or run away", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."Call ,;:/0123456789Ext.\t\"'".split("")), maxLength: 2000 }),
      (line) => {
        expect(readLine(line, null)).toBeDefined();
      },
    ),
    { numRuns: 300 },
  );
});
