import { type DemoCall, outsider, patience, talk } from "./demo-call.ts";
import type { DemoAgent, DemoClinic } from "./demo-plan.ts";
import type { Random } from "./random.ts";
import type { Roster } from "./roster.ts";

/** After this long in a queue the phone system offers the voicemail. */
const overflow = 240_000;

/** A caller in a queue: whoever is free first answers, unless the caller's patience ends before. */
export function queueCall(random: Random, clinic: DemoClinic, roster: Roster, at: number): DemoCall {
  const queue = random.weighted(clinic.queues, (q) => q.share);
  const call = {
    direction: "inbound" as const,
    start: at,
    answered: null,
    outside: outsider(random),
    queue,
    agent: null,
    second: null,
    polled: [] as DemoAgent[],
    outsideEnds: true,
  };
  if (random.chance(0.012)) {
    const ending = random.pick(["busy", "noRoute", "declined", "timeout"] as const);
    return { ...call, ending, end: at + random.whole(1000, ending === "timeout" ? 90_000 : 6000) };
  }
  const gone = at + patience(random);
  const turn = random.unit();
  const best = roster.present
    .map((agent, place) => ({ agent, free: roster.freeFrom(agent, at), order: (place / 97 + turn) % 1 }))
    .sort((a, b) => a.free - b.free || a.order - b.order)[0];
  const pickUp = random.logNormal(6500, 0.45);
  const polled = random.chance(0.1) ? [random.pick(roster.present)] : [];
  // Whoever was rung in vain let it ring for a quarter of a minute.
  const answered = best ? Math.round(best.free + pickUp + 15_000 * polled.length) : Infinity;
  if (!best || answered > Math.min(gone, at + overflow)) {
    if (gone <= at + overflow) return { ...call, polled, ending: "abandoned", end: gone };
    if (random.chance(0.2)) return { ...call, polled, ending: "timeout", end: at + overflow };
    return { ...call, polled, ending: "voicemail", answered: at + overflow, end: at + overflow + talk(random, 35) };
  }
  const end = answered + talk(random, queue.talkSeconds);
  const writeUp = Math.round(random.logNormal(35_000, 0.5));
  roster.occupy(best.agent, Math.min(best.free, answered), end + writeUp);
  const told = { ...call, polled: polled.filter((agent) => agent !== best.agent), agent: best.agent, answered };
  const others = roster.present.filter((agent) => agent !== best.agent && roster.free(agent, end));
  if (others.length > 0 && random.chance(0.06)) {
    const second = random.pick(others);
    const later = end + talk(random, 110);
    roster.occupy(second, end, later + writeUp);
    return { ...told, ending: "transferred", second, end: later, outsideEnds: random.chance(0.6) };
  }
  return { ...told, ending: "answered", end, outsideEnds: random.chance(0.6) };
}
