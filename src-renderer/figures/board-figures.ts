import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { duration } from "../format/duration.ts";
import { weekdayOf } from "../format/moments.ts";
import { count, goal, hundredths, percent } from "../format/numbers.ts";
import { compare } from "./compare.ts";
import { serviceLevelBroken, waitBroken } from "./limits.ts";
import type { Overview, QueueToday } from "./overview.ts";
import { usual } from "./usual.ts";

export type BoardFigure = {
  id: "serviceLevel" | "speed" | "wait" | "answered" | "abandoned";
  title: string;
  value: string;
  unit: string;
  note: string;
  mark: "up" | "down" | "same" | "none" | "broken";
  /** How far past its limit, as a share of it; 0 while it holds. */
  brokenBy: number;
};

/**
 * The wall's five figures, the broken limit first: the worst one leads, and stands largest. Without a broken limit the service
 * level leads. Queues whose figures break the limits are named, callers never.
 */
export function boardFigures(overview: Overview, queues: readonly QueueToday[], rule: ServiceLevelRule): BoardFigure[] {
  const { values, day } = overview;
  const weekday = weekdayOf(day);
  const level = serviceLevelBroken(values.serviceLevel, rule);
  const speed = waitBroken(values.averageSpeedOfAnswer, rule);
  const wait = waitBroken(values.waitP90, rule);
  const speedUsual = compare(
    "averageSpeedOfAnswer",
    values.averageSpeedOfAnswer,
    usual(overview, "averageSpeedOfAnswer"),
    weekday,
  );
  const abandons = compare("abandonRate", values.abandonRate, usual(overview, "abandonRate"), weekday);
  const answers = compare("answerRate", values.answerRate, usual(overview, "answerRate"), weekday);
  const slowest = slowestQueue(queues);

  const figures: BoardFigure[] = [
    {
      id: "serviceLevel",
      title: "Service level today",
      value: hundredths(values.serviceLevel),
      unit: values.serviceLevel === null ? "" : "%",
      note: level?.text ?? `goal ${goal(rule.goal)} in ${rule.seconds} s`,
      mark: level ? "broken" : "none",
      brokenBy: level?.by ?? 0,
    },
    {
      id: "wait",
      title: "Nine in ten wait up to",
      value: duration(values.waitP90),
      unit: "",
      note: wait?.text ?? (slowest === null ? "nothing to measure yet" : `longest today ${slowest}`),
      mark: wait ? "broken" : "none",
      brokenBy: wait?.by ?? 0,
    },
    {
      id: "speed",
      title: "Speed of answer",
      value: duration(values.averageSpeedOfAnswer),
      unit: "",
      note: speed?.text ?? speedUsual.text,
      mark: speed ? "broken" : speedUsual.direction,
      brokenBy: speed?.by ?? 0,
    },
    {
      id: "answered",
      title: "Answered",
      value: count(values.answered),
      unit: values.offered === 0 ? "" : `of ${count(values.offered)}`,
      note: values.answerRate === null ? answers.text : `${percent(values.answerRate)}, ${answers.text}`,
      mark: answers.direction,
      brokenBy: 0,
    },
    {
      id: "abandoned",
      title: "Abandoned",
      value: count(values.abandoned),
      unit: values.abandonRate === null ? "" : percent(values.abandonRate),
      note: abandons.text,
      mark: abandons.direction,
      brokenBy: 0,
    },
  ];
  // The sort keeps the order of those that hold.
  return figures.sort((a, b) => b.brokenBy - a.brokenBy);
}

function slowestQueue(queues: readonly QueueToday[]): string | null {
  const waits = queues.flatMap(({ label, longestWait }) => (longestWait === null ? [] : [{ label, longestWait }]));
  const longest = waits.sort((a, b) => b.longestWait - a.longestWait)[0];
  return longest ? `${duration(longest.longestWait)}, ${longest.label}` : null;
}

/** A wall shows first names only; a name that a phone system made of an extension stays as it is. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
