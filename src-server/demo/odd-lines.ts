import { dayNumber } from "./calendar.ts";
import { callIdOf, type Dialect, stamp } from "./cdr-words.ts";
import { outsider } from "./demo-call.ts";
import type { DemoClinic } from "./demo-plan.ts";
import type { Random } from "./random.ts";

/** A line and when the phone system wrote it, in milliseconds since 1970. */
export type DemoLine = { text: string; at: number };

/**
 * What real phone systems also write, once in a while: two records of one conference, a failed transfer, an apostrophe in
 * the chain, a name with a comma; and on the 12th of a month a line that nobody can read, so that the rejected list shows one.
 */
export function oddLines(random: Random, clinic: DemoClinic, day: string, noon: number, dialect: Dialect): DemoLine[] {
  const [a, b, c] = clinic.agents.map((agent) => agent.extension);
  const queue = clinic.queues[0]?.number ?? "";
  const caller = outsider(random).number;
  const line = (place: number, after: number, rest: (at: (seconds: number) => string) => string[]): DemoLine => {
    const start = noon + after * 1000;
    const count = dayNumber(day) * 1000 + 900 + place;
    const at = (seconds: number) => stamp(start + seconds * 1000, dialect);
    const text = ["Call " + count, callIdOf(start, count, dialect), ...rest(at)].slice(0, dialect.fields).join(",");
    return { text, at: start + 60_000 };
  };
  const lines: DemoLine[] = [];
  if (dayNumber(day) % 11 === 3)
    lines.push(
      line(0, 610, (at) => ["00:00:07", at(0), at(4), at(12), "TerminatedBySrc", `Ext.${a}`, `Ext.${b}`, `${a}`, `${b}`, `${b}`,
        "ReplacedSrc", "Ext.700", "700", "", "", "", "", `Chain: Ext.${a};Ext.${b};Ext.700;`, "Extension", "Extension", "ConfPlace", "", "", "", ""]),
      line(1, 618, (at) => ["00:00:05", at(0), at(0), at(5), "TerminatedByDst", `Ext.${a}`, "Ext.700", `${a}`, "700", `700**${a}`,
        "", "", "", `${a}`, "", "", "", `Chain: Ext.${a};Ext.700;`, "Extension", "ConfPlace", "", "", "", "", ""]),
    ); // prettier-ignore
  if (dayNumber(day) % 7 === 2)
    lines.push(
      line(2, 1205, (at) => ["00:00:05", at(0), at(6), at(12), "Failed_Cancelled", `Ext.${a}`, `Ext.${b}`, `${a}`, `${b}`, `${b}`,
        "FailedBXferOfSrc", `Ext.${c}`, `${c}`, "", "", "", "", `Chain: Ext.${a};Ext.${b};Ext.${c};`, "Extension", "Extension", "Extension", "", "", "", ""]),
      line(3, 1830, (at) => ["00:03:09", at(0), at(9), at(198), "TerminatedBySrc", `+1${caller}`, `Ext.${queue}`, "10000", queue, queue,
        "ReplacedDst", `Ext.${b}`, `${b}`, "", "", "", "", `Chain: +1${caller}'Ext.${queue};Ext.${b};`, "Line", "Queue", "Extension", "", "", "", ""]),
      line(4, 2440, (at) => ["00:01:20", at(0), at(11), at(91), "TerminatedByDst", caller, `Ext.${queue}`, "10000", queue, queue,
        "ReplacedDst", `Ext.${c}`, `${c}`, "", "", "", "", `Chain: ${caller};Ext.${queue};Ext.${c};`, "Line", "Queue", "Extension", "Keller, Maria", "", "", ""]),
    ); // prettier-ignore
  if (day.endsWith("-12")) {
    const broken = [
      `Call ${dayNumber(day) * 1000 + 990},${callIdOf(noon, 990, dialect)},00:01:12,${stamp(noon, dialect)}`,
      `Call ${dayNumber(day) * 1000 + 991},${callIdOf(noon, 991, dialect)},00:00:31,2026/13/45 25:61:00,2026/13/45 25:61:09,2026/13/45 25:61:40,TerminatedBySrc,${caller},Ext.${queue},10000,${queue},${queue},,,,,,,,`,
      "Call log restarted by the administrator",
    ];
    lines.push({ text: broken[(clinic.slug.length + dayNumber(day)) % 3] ?? "", at: noon });
  }
  return lines;
}
