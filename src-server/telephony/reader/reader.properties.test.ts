import * as fc from "fast-check";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { LineCutter } from "../collector/line-cutter.ts";
import { callFacts } from "./call-facts.ts";
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

const typed = fc.string({ unit: fc.constantFrom(..."a b,;:.'\"0129éß-()".split("")), maxLength: 20 });

test("whatever people type into names, the numbers are right or the line is refused", () => {
  const full = shapes.filter((shape) => shape.records.every((record) => record.split(",").length === 27));
  fc.assert(
    fc.property(fc.constantFrom(...full), typed, typed, typed, typed, (shape, bill, from, to, final) => {
      const plain = recordsOf(shape, 1, Date.UTC(2024, 3, 30, 6));
      const named = plain.map((line) => {
        const pieces = line.split(",");
        [pieces[18], pieces[23], pieces[24], pieces[25]] = [bill, from, to, final];
        return pieces.join(",");
      });
      const expected = must(read(plain)[0], "call");
      for (const [i, line] of named.entries()) {
        const reading = readLine(line, null);
        if ("reason" in reading) return;
        const alone = must(read([must(plain[i], "line")])[0], "call");
        expect({ ...callFacts([legOf(reading.record, () => false)]), callerName: null }).toEqual({
          ...alone,
          callerName: null,
        });
      }
      expect({ ...must(read(named)[0], "call"), callerName: null }).toEqual({ ...expected, callerName: null });
    }),
    { numRuns: 600 },
  );
});

test("commas in names are nearly always settled, not refused", () => {
  let refused = 0;
  let all = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...shapes.filter((s) => s.records.length === 1 && s.records[0]?.split(",").length === 27)),
      fc.constantFrom("Doe, Jane", "Doe,Jane", "A, B, C", ","),
      (shape, name) => {
        const pieces = must(recordsOf(shape, 1, Date.UTC(2024, 3, 30, 6))[0], "line").split(",");
        pieces[24] = name;
        all++;
        if ("reason" in readLine(pieces.join(","), null)) refused++;
      },
    ),
    { numRuns: 300 },
  );
  expect([refused, all > 0]).toEqual([0, true]);
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
