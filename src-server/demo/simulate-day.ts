import { arrivals } from "./demand.ts";
import { type DemoCall, outsider, patience, talk } from "./demo-call.ts";
import type { DemoAgent, DemoClinic } from "./demo-plan.ts";
import { queueCall } from "./queue-call.ts";
import { randomOf, type Random } from "./random.ts";
import { Roster } from "./roster.ts";

/** All calls of one clinic's local day, in the order in which they began. The same words give the same day. */
export function simulateDay(seed: number, clinic: DemoClinic, day: string): DemoCall[] {
  const random = randomOf(seed, clinic.slug, day);
  const roster = new Roster(random, clinic, day, seed);
  return arrivals(random, clinic, day).map(({ at, open }) => {
    if (!open || roster.present.length === 0) return afterHours(random, clinic, at);
    const kind = random.unit();
    if (kind < 0.7) return queueCall(random, clinic, roster, at);
    if (kind < 0.78) return directCall(random, roster, at);
    const caller = firstFree(random, roster, at);
    // With everybody busy nobody calls out: the moment goes to one more caller.
    if (!caller) return queueCall(random, clinic, roster, at);
    return kind < 0.93 ? outboundCall(random, roster, caller, at) : internalCall(random, roster, caller, at);
  });
}

function firstFree(random: Random, roster: Roster, at: number): DemoAgent | null {
  const free = roster.present.filter((agent) => roster.free(agent, at));
  return free.length > 0 ? random.pick(free) : null;
}

const blank = { answered: null, queue: null, agent: null, second: null, polled: [], outsideEnds: true };

/** Nobody is there: the machine answers, and most of those who hear it leave a message. */
function afterHours(random: Random, clinic: DemoClinic, at: number): DemoCall {
  const common = { ...blank, direction: "inbound" as const, start: at, outside: outsider(random) };
  const queue = random.weighted(clinic.queues, (q) => q.share);
  if (random.chance(0.2)) {
    const end = at + Math.round(3000 + random.exponential(9000));
    return { ...common, queue, ending: "abandoned", end };
  }
  const answered = at + 12_000;
  return { ...common, queue, ending: "voicemail", answered, end: answered + talk(random, 32) };
}

/** A caller who knows the extension. */
function directCall(random: Random, roster: Roster, at: number): DemoCall {
  const agent = random.pick(roster.present);
  const common = { ...blank, direction: "inbound" as const, start: at, outside: outsider(random), agent };
  if (roster.free(agent, at)) {
    const answered = at + Math.round(random.logNormal(8000, 0.4));
    const end = answered + talk(random, 150);
    roster.occupy(agent, at, end + 20_000);
    return { ...common, ending: "answered", answered, end, outsideEnds: random.chance(0.6) };
  }
  const end = at + patience(random);
  if (end < at + 20_000) return { ...common, ending: "abandoned", end };
  if (random.chance(0.25)) return { ...common, ending: random.chance(0.5) ? "busy" : "declined", end: at + 4000 };
  const answered = at + 20_000;
  return { ...common, ending: "voicemail", answered, end: answered + talk(random, 30) };
}

function outboundCall(random: Random, roster: Roster, agent: DemoAgent, at: number): DemoCall {
  const common = { ...blank, direction: "outbound" as const, start: at, outside: outsider(random), agent };
  const luck = random.unit();
  if (luck < 0.7) {
    const answered = at + Math.round(random.logNormal(14_000, 0.4));
    const end = answered + talk(random, 120);
    roster.occupy(agent, at, end + 15_000);
    return { ...common, ending: "answered", answered, end, outsideEnds: random.chance(0.5) };
  }
  const ending = luck < 0.9 ? "timeout" : luck < 0.95 ? "busy" : luck < 0.98 ? "notFound" : "neverLeft";
  const rang = ending === "timeout" ? 25_000 + random.exponential(15_000) : 2000 * random.unit();
  roster.occupy(agent, at, at + rang);
  return { ...common, ending, end: at + Math.round(rang) };
}

function internalCall(random: Random, roster: Roster, agent: DemoAgent, at: number): DemoCall {
  const others = roster.present.filter((other) => other !== agent && (roster.free(other, at) || random.chance(0.3)));
  const second = others.length > 0 ? random.pick(others) : agent;
  const common = { ...blank, direction: "internal" as const, start: at, outside: { number: "", name: "" } };
  const picksUp = second !== agent && roster.free(second, at);
  if (!picksUp) return { ...common, agent, second, ending: "timeout", end: at + random.whole(12_000, 30_000) };
  const answered = at + random.whole(2000, 9000);
  const end = answered + talk(random, 45);
  roster.occupy(agent, at, end);
  roster.occupy(second, at, end);
  return { ...common, agent, second, ending: "answered", answered, end, outsideEnds: random.chance(0.5) };
}
