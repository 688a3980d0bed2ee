import { type DemoCall, outsider, talk } from "./demo-call.ts";
import type { DemoClinic } from "./demo-plan.ts";
import type { Random } from "./random.ts";

/** A call of this clinic that ends at `end` (milliseconds since 1970), of the same kinds as those of a day. */
export function liveCall(random: Random, clinic: DemoClinic, end: number): DemoCall {
  const queue = random.weighted(clinic.queues, (q) => q.share);
  const agent = random.pick(clinic.agents);
  const outside = outsider(random);
  const common = {
    outside,
    queue: null,
    agent: null,
    second: null,
    polled: [],
    answered: null,
    outsideEnds: true,
    end,
  };
  const inbound = { ...common, direction: "inbound" as const, queue };
  const luck = random.unit();
  if (luck < 0.1) {
    const wait = Math.round(random.logNormal(55_000, 0.8));
    return { ...inbound, ending: "abandoned", start: end - wait };
  }
  if (luck < 0.15) {
    const answered = end - talk(random, 30);
    return { ...inbound, ending: "voicemail", answered, start: answered - 20_000 };
  }
  if (luck < 0.165)
    return { ...inbound, ending: random.pick(["busy", "noRoute", "timeout"] as const), start: end - 9000 };
  if (luck < 0.27) {
    const answered = end - talk(random, 120);
    const out = { ...common, direction: "outbound" as const, agent };
    if (random.chance(0.25)) return { ...out, ending: "timeout", start: end - 28_000 };
    return { ...out, ending: "answered", answered, start: answered - 14_000, outsideEnds: random.chance(0.5) };
  }
  const answered = end - talk(random, queue.talkSeconds);
  const start = answered - Math.round(random.logNormal(random.chance(0.25) ? 38_000 : 8000, 0.5));
  const other = random.pick(clinic.agents);
  if (other !== agent && random.chance(0.06))
    return {
      ...inbound,
      agent,
      second: other,
      ending: "transferred",
      answered,
      start,
      outsideEnds: random.chance(0.6),
    };
  return { ...inbound, agent, ending: "answered", answered, start, outsideEnds: random.chance(0.6) };
}
