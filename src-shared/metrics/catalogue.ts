import type { Metric } from "./metric.ts";
import type { MetricId } from "./metric-values.ts";
import { serviceLevelVariants } from "./service-level.ts";

const inbound = { direction: "inbound" } as const;
const answered = { direction: "inbound", status: "answered" } as const;
const issue = "Careboard: the four ends of an inbound call";

const count = (
  title: string,
  better: Metric["better"],
  formula: Metric["formula"],
  drill: Metric["drill"],
  authority = issue,
): Omit<Metric, "id"> => ({
  title,
  unit: "count",
  better,
  decimals: 0,
  numerator: title.toLowerCase(),
  denominator: null,
  formula,
  authority,
  drill,
});

const quotient = (
  title: string,
  unit: "rate" | "seconds" | "perHour",
  better: Metric["better"],
  [numerator, denominator]: [string, string],
  drill: Metric["drill"],
  authority: string,
): Omit<Metric, "id"> => ({
  title,
  unit,
  better,
  decimals: unit === "seconds" ? 0 : 1,
  numerator,
  denominator,
  formula: () => `${numerator} / ${denominator}`,
  authority,
  drill,
});

const percentile = (title: string, share: string): Omit<Metric, "id"> => ({
  title,
  unit: "seconds",
  better: "less",
  decimals: 0,
  numerator: `wait that ${share} of the answered and abandoned calls did not exceed`,
  denominator: null,
  formula: () =>
    `wait that ${share} of the answered and abandoned calls did not exceed; interpolated from a histogram beyond 20,000 calls`,
  authority: "PostgreSQL percentile_cont",
  drill: inbound,
});

const definitions: Record<MetricId, Omit<Metric, "id">> = {
  offered: count("Offered", "neither", () => "answered + voicemail + abandoned + missed inbound calls", inbound),
  answered: count("Answered", "more", () => "inbound calls that a person picked up", answered),
  abandoned: count("Abandoned", "less", () => "inbound calls whose caller hung up before a person picked up", {
    direction: "inbound",
    status: "abandoned",
  }),
  shortAbandoned: count(
    "Short abandoned",
    "neither",
    (rule) =>
      rule
        ? `abandoned after a wait of under ${rule.shortAbandonSeconds} s`
        : "abandoned after a wait below the clinic's threshold",
    { direction: "inbound", status: "abandoned" },
    "PressOne; Cisco “abandoned call wait time”",
  ),
  voicemail: count("Voicemail", "less", () => "inbound calls that ended in voicemail", {
    direction: "inbound",
    status: "voicemail",
  }),
  missed: count(
    "Missed",
    "less",
    () => "inbound calls that the system ended: busy, no route, declined, timeout, failed",
    {
      direction: "inbound",
      status: "missed",
    },
  ),
  outbound: count("Outbound", "neither", () => "calls to the outside", { direction: "outbound" }),
  internal: count("Internal", "neither", () => "calls between extensions", { direction: "internal" }),
  answerRate: quotient("Answer rate", "rate", "more", ["answered", "offered"], answered, "usage"),
  abandonRate: quotient(
    "Abandon rate",
    "rate",
    "less",
    ["abandoned", "offered"],
    { direction: "inbound", status: "abandoned" },
    "PressOne; Cisco",
  ),
  serviceLevel: {
    title: "Service level",
    unit: "rate",
    better: "more",
    decimals: 1,
    numerator: "calls answered in time",
    denominator: "the calls that the clinic's variant counts",
    formula: (rule) =>
      rule
        ? serviceLevelVariants[rule.variant].formula(rule.seconds, rule.shortAbandonSeconds)
        : "each clinic by its own rule: the sum of calls in time / the sum of calls counted",
    authority: "ICMI, Service Level Calculations; the clinic chooses the variant",
    drill: inbound,
  },
  averageSpeedOfAnswer: quotient(
    "Speed of answer",
    "seconds",
    "less",
    ["seconds that answered calls waited", "answered"],
    answered,
    "ICMI; TechTarget: waits of abandoned calls stay out",
  ),
  averageHandleTime: quotient(
    "Handle time",
    "seconds",
    "neither",
    ["(talk + hold + after-call work of answered inbound calls)", "answered"],
    answered,
    "Genesys glossary",
  ),
  averageTalkTime: quotient(
    "Talk time",
    "seconds",
    "neither",
    ["talk of answered inbound calls", "answered"],
    answered,
    "usage",
  ),
  callsPerHour: quotient(
    "Calls per hour",
    "perHour",
    "neither",
    ["answered", "local hours in which at least one call was answered"],
    answered,
    "3CX AnsweredPerHourCount; hours with a call stand in for logged-in hours until shifts are kept",
  ),
  waitP50: percentile("Median wait", "half"),
  waitP90: percentile("Wait of nine in ten", "nine in ten"),
};

/** Every figure once: its words, unit, direction, formula, authority and the calls behind it. */
export const catalogue = Object.fromEntries(
  Object.entries(definitions).map(([id, metric]) => [id, { id, ...metric }]),
) as Record<MetricId, Metric>;
