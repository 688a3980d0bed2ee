import { addDays } from "../../src-server/demo/calendar.ts";
import { dayLines } from "../../src-server/demo/day-lines.ts";
import type { DemoClinic } from "../../src-server/demo/demo-plan.ts";

/** A bench clinic as the demo's generator wants it: it writes the lines of a real day of that many calls. */
const plan: DemoClinic = {
  slug: "bench",
  name: "Bench",
  timeZone: "America/New_York",
  opensHour: 7,
  closesHour: 19,
  callsPerDay: 2500,
  locations: ["Location 1"],
  source: { name: "bench", location: null, writes: "legacy" },
  queues: [1, 2, 3, 4].map((n) => ({
    number: `80${n}`,
    name: `Queue ${n}`,
    location: null,
    share: 1,
    talkSeconds: 150,
    mapped: true,
  })),
  agents: Array.from({ length: 40 }, (_, place) => ({
    extension: String(101 + place),
    name: `Agent ${place + 1}`,
    location: "Location 1",
    shift: (["early", "day", "late"] as const)[place % 3] ?? "day",
    weekends: place % 2 === 0,
    mapped: true,
    phoneShare: 0.76,
  })),
};

/** CDR lines of one phone system, `count` of them, in the order in which it wrote them; days before 2026-11-01. */
export function benchLines(count: number): string[] {
  const lines: string[] = [];
  for (let day = "2026-10-31"; lines.length < count; day = addDays(day, -1))
    lines.push(...dayLines(1, plan, day).map((line) => line.text));
  return lines.slice(0, count);
}
