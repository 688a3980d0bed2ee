import { atHour, dayNumber } from "./calendar.ts";
import { cdrLine } from "./cdr-line.ts";
import type { Dialect } from "./cdr-words.ts";
import type { DemoClinic } from "./demo-plan.ts";
import { type DemoLine, oddLines } from "./odd-lines.ts";
import { randomOf } from "./random.ts";
import { simulateDay } from "./simulate-day.ts";

/** How this clinic's phone system writes on a day: one was updated to version 20, one changes its mind now and then. */
export function dialectOf(clinic: DemoClinic, day: string): Dialect {
  const { writes } = clinic.source;
  if (writes === "legacy") return { words: "legacy", separator: "/", callIds: "windows", fields: 27 };
  if (writes === "v20") return { words: "v20", separator: "/", callIds: "swapped", fields: 27 };
  const turn = dayNumber(day) % 10;
  if (turn === 4) return { words: "legacy", separator: "/", callIds: "unix", fields: 20 };
  return turn % 2 === 0
    ? { words: "legacy", separator: "/", callIds: "unix", fields: 27 }
    : { words: "v20", separator: ".", callIds: "unix", fields: 27 };
}

/**
 * What a clinic's phone system writes on one local day, in the order in which it wrote it: real 3CX CDR lines without
 * their line ends. The same seed, clinic and day give the same lines, whatever the days around them.
 */
export function dayLines(seed: number, clinic: DemoClinic, day: string): DemoLine[] {
  const dialect = dialectOf(clinic, day);
  const calls = simulateDay(seed, clinic, day);
  const lines = calls.map((call, place) => ({
    text: cdrLine(call, dayNumber(day) * 1000 + place, dialect),
    at: call.end,
  }));
  const random = randomOf(seed, clinic.slug, day, "odd");
  lines.push(...oddLines(random, clinic, day, atHour(day, 12, clinic.timeZone), dialect));
  return lines.sort((a, b) => a.at - b.at);
}
