import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, holiday, localDay } from "./calendar.ts";
import { dayLines, dialectOf } from "./day-lines.ts";
import { demoClinics, demoOrganizations } from "./demo-plan.ts";
import { simulateDay } from "./simulate-day.ts";

const aDay = fc.integer({ min: 0, max: 1500 }).map((n) => addDays("2024-01-01", n));
const aClinic = fc.constantFrom(...demoClinics);
const days = Array.from({ length: 120 }, (_, n) => addDays("2026-07-20", n));

test("the same seed, clinic and day give the same lines, another seed others", () => {
  fc.assert(
    fc.property(fc.nat(), aClinic, aDay, (seed, clinic, day) => {
      const lines = dayLines(seed, clinic, day);
      expect(dayLines(seed, clinic, day)).toEqual(lines);
      expect(dayLines(seed + 1, clinic, day)).not.toEqual(lines);
    }),
    { numRuns: 20 },
  );
});

test("every call starts on its local day, and its times follow one another", () => {
  fc.assert(
    fc.property(fc.nat(), aClinic, aDay, (seed, clinic, day) => {
      for (const call of simulateDay(seed, clinic, day)) {
        expect(localDay(new Date(call.start), clinic.timeZone)).toBe(day);
        expect(call.end).toBeGreaterThanOrEqual(call.answered ?? call.start);
        expect(call.answered ?? call.start).toBeGreaterThanOrEqual(call.start);
      }
    }),
    { numRuns: 20 },
  );
});

test("no agent talks to two people at once", () => {
  fc.assert(
    fc.property(fc.nat(), aClinic, aDay, (seed, clinic, day) => {
      const talks = simulateDay(seed, clinic, day).flatMap(({ ending, agent, answered, end }) =>
        ending === "answered" && agent && answered !== null ? [{ agent, answered, end }] : [],
      );
      for (const agent of clinic.agents) {
        const own = talks.filter((t) => t.agent === agent).sort((a, b) => a.answered - b.answered);
        for (const [place, talk] of own.entries())
          expect(own[place + 1]?.answered ?? Infinity).toBeGreaterThanOrEqual(talk.end);
      }
    }),
    { numRuns: 20 },
  );
});

test("lines carry the fields of their dialect, unique call ids, and only 555-01xx numbers", () => {
  for (const clinic of demoClinics) {
    const ids = new Set<string>();
    for (const day of days) {
      const { fields } = dialectOf(clinic, day);
      for (const { text } of dayLines(7, clinic, day)) {
        const parts = text.split(",");
        if (day.endsWith("-12") && parts.length !== fields) continue;
        // One name in a week holds a comma.
        expect(parts.length - (text.includes("Keller, Maria") && fields === 27 ? 1 : 0)).toBe(fields);
        expect(ids.has(parts[1] ?? "")).toBe(false);
        ids.add(parts[1] ?? "");
        for (const number of text.match(/(?<![\w/_.])\+?\d{10,11}(?!\w)/g) ?? []) expect(number).toMatch(/55501\d\d$/);
      }
    }
  }
});

test("each organization has three locations, twelve agents and about 250 calls a day", () => {
  for (const { clinics } of demoOrganizations) {
    expect(clinics.flatMap((c) => c.locations)).toHaveLength(3);
    expect(clinics.flatMap((c) => c.agents.filter((a) => a.mapped))).toHaveLength(12);
    const calls = days.flatMap((day) => clinics.flatMap((clinic) => simulateDay(1, clinic, day)));
    expect(calls.length / days.length).toBeGreaterThan(200);
    expect(calls.length / days.length).toBeLessThan(300);
  }
});

test("it looks like a clinic: most calls are answered, some are given up, some reach the voicemail", () => {
  const calls = days.flatMap((day) => demoClinics.flatMap((clinic) => simulateDay(1, clinic, day)));
  const inbound = calls.filter((c) => c.direction === "inbound");
  const share = (...endings: string[]) => inbound.filter((c) => endings.includes(c.ending)).length / inbound.length;
  expect(share("answered", "transferred")).toBeGreaterThan(0.7);
  expect(share("abandoned")).toBeGreaterThan(0.03);
  expect(share("abandoned")).toBeLessThan(0.15);
  expect(share("voicemail")).toBeGreaterThan(0.02);
});

test("what Thanksgiving and Labor Day are", () => {
  expect(["2026-11-26", "2026-09-07", "2026-05-25", "2027-01-18", "2026-12-25"].every(holiday)).toBe(true);
  expect(["2026-11-19", "2026-09-14", "2026-05-18", "2026-11-25"].some(holiday)).toBe(false);
});
