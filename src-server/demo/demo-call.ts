import { type DemoAgent, demoCallers, type DemoQueue } from "./demo-plan.ts";
import type { Random } from "./random.ts";

/** How a made-up call went. */
export type Ending =
  | "answered"
  | "transferred"
  | "voicemail"
  | "abandoned"
  | "busy"
  | "declined"
  | "timeout"
  | "noRoute"
  | "notFound"
  | "neverLeft";

/** A made-up call, before a phone system puts it into words. Times are milliseconds since 1970. */
export type DemoCall = {
  direction: "inbound" | "outbound" | "internal";
  ending: Ending;
  start: number;
  /** When the phone system says it was answered: by a person, or by the voicemail. */
  answered: number | null;
  end: number;
  outside: { number: string; name: string };
  queue: DemoQueue | null;
  /** Who answered, called out, or was called directly. */
  agent: DemoAgent | null;
  /** To whom it was transferred, or whom a colleague called. */
  second: DemoAgent | null;
  /** Who was rung before and did not answer. */
  polled: DemoAgent[];
  /** True when the person outside hung up first. */
  outsideEnds: boolean;
};

/** Somebody outside: a number in 555-01xx, and a name where the network sends one. */
export function outsider(random: Random): { number: string; name: string } {
  const number = `${random.pick(demoCallers.areaCodes)}55501${String(random.whole(0, 99)).padStart(2, "0")}`;
  const named = random.chance(0.45);
  return { number, name: named ? `${random.pick(demoCallers.first)} ${random.pick(demoCallers.last)}` : number };
}

/** How long people talk, in milliseconds: log-normal about the median of what it is about, five seconds at least. */
export const talk = (random: Random, medianSeconds: number): number =>
  Math.round(Math.min(3600, Math.max(5, random.logNormal(medianSeconds, 0.65))) * 1000);

/** How long a caller is ready to wait, in milliseconds: a few hang up at once, most have a minute or three. */
export const patience = (random: Random): number =>
  Math.round((random.chance(0.025) ? 1 + 4.5 * random.unit() : Math.max(6, random.logNormal(130, 0.75))) * 1000);
