import { atHour, dayNumber, weekday } from "./calendar.ts";
import { openingHours } from "./demand.ts";
import type { DemoAgent, DemoClinic } from "./demo-plan.ts";
import { randomOf, type Random } from "./random.ts";

const minute = 60_000;

/** Who is at work on a day, and when each is free for the phone. Times are milliseconds since 1970. */
export class Roster {
  readonly present: readonly DemoAgent[];
  readonly #busy = new Map<DemoAgent, { from: number; to: number }[]>();

  constructor(random: Random, clinic: DemoClinic, day: string, seed: number) {
    const hours = openingHours(clinic, day);
    this.present = hours ? clinic.agents.filter((agent) => comes(random, clinic, agent, day, seed)) : [];
    if (!hours) return;
    const opens = atHour(day, hours.opens, clinic.timeZone);
    const closes = atHour(day, hours.closes, clinic.timeZone);
    for (const agent of this.present) this.#busy.set(agent, away(random, agent, opens, closes));
  }

  /** From when on this agent can take a call that comes at `at`; infinity when not on this day any more. */
  freeFrom(agent: DemoAgent, at: number): number {
    let free = at;
    for (const span of this.#busy.get(agent) ?? [{ from: 0, to: Infinity }])
      if (span.from <= free && span.to > free) free = span.to;
    return free;
  }

  free(agent: DemoAgent, at: number): boolean {
    return this.freeFrom(agent, at) === at;
  }

  occupy(agent: DemoAgent, from: number, to: number): void {
    const spans = this.#busy.get(agent);
    if (!spans) return;
    spans.push({ from, to });
    spans.sort((a, b) => a.from - b.from);
  }
}

/** Days off by turns, holidays by the week, and now and then somebody doesn't come; in a bad week many don't. */
function comes(random: Random, clinic: DemoClinic, agent: DemoAgent, day: string, seed: number): boolean {
  const on = weekday(day);
  const place = clinic.agents.indexOf(agent);
  const week = Math.floor((dayNumber(day) + 3) / 7);
  const ofWeek = randomOf(seed, clinic.slug, "week", week);
  const flu = ofWeek.chance(0.07);
  const onHoliday = randomOf(seed, clinic.slug, agent.extension, "holiday", week).chance(0.06);
  const ill = random.chance(flu ? 0.34 : 0.04);
  const weekend = on >= 6;
  const dayOff = weekend ? !agent.weekends : (week + place) % 5 === on - 1 && agent.weekends;
  return !onHoliday && !ill && !dayOff;
}

/** When an agent is not at the phone: outside the shift, at lunch, and whenever somebody stands at the counter. */
function away(random: Random, agent: DemoAgent, opens: number, closes: number): { from: number; to: number }[] {
  const long = closes - opens > 9 * 60 * minute;
  const shift = 8.5 * 60 * minute;
  const from =
    opens + (!long || agent.shift === "early" ? 0 : agent.shift === "day" ? 60 * minute : closes - opens - shift);
  const to = Math.min(closes, from + shift);
  const lunch = opens + (agent.shift === "early" ? 270 : agent.shift === "day" ? 315 : 360) * minute;
  const spans = [
    { from: 0, to: from },
    { from: to, to: Infinity },
  ];
  if (long) spans.push({ from: lunch, to: lunch + random.whole(30, 50) * minute });
  const counter = 6 * minute;
  const phone = (counter * agent.phoneShare) / (1 - agent.phoneShare);
  for (let at = from + random.exponential(phone); at < to;) {
    const until = at + random.exponential(counter);
    spans.push({ from: at, to: until });
    at = until + random.exponential(phone);
  }
  return spans.sort((a, b) => a.from - b.from);
}
