import type { ServiceLevelVariant } from "../contract/clinics.ts";
import type { Ratio } from "./ratio.ts";
import type { Sums } from "./sums.ts";

type Counts = Pick<
  Sums,
  "offered" | "answered" | "abandoned" | "short_abandoned" | "answered_in_target" | "abandoned_in_target"
>;
type Variant = {
  title: string;
  /** In words, with the clinic's T (seconds) and s (short-abandon seconds). */
  formula: (seconds: number, shortSeconds: number) => string;
  authority: string;
  parts: (sums: Counts) => Ratio;
};

/**
 * The ways to state a service level. `offered` is every inbound call, voicemail and missed ones too: whoever divides by
 * offered counts them against the goal. "Within" means at most T seconds; a short abandon waited less than s seconds.
 */
export const serviceLevelVariants: Record<ServiceLevelVariant, Variant> = {
  answeredOfOffered: {
    title: "Answered of offered",
    formula: (seconds) => `answered within ${seconds} s / offered`,
    authority: "ICMI #3; Cisco “abandons negatively impact”",
    parts: (s) => ({ numerator: s.answered_in_target, denominator: s.offered }),
  },
  abandonsPositive: {
    title: "Early abandons count as met",
    formula: (seconds) => `(answered within ${seconds} s + abandoned within ${seconds} s) / offered`,
    authority: "ICMI #1; Cisco “abandons positively impact”",
    parts: (s) => ({ numerator: s.answered_in_target + s.abandoned_in_target, denominator: s.offered }),
  },
  answeredOnly: {
    title: "Answered calls only",
    formula: (seconds) => `answered within ${seconds} s / answered`,
    authority: "ICMI #2 (not recommended); Asterisk ServicelevelPerf",
    parts: (s) => ({ numerator: s.answered_in_target, denominator: s.answered }),
  },
  abandonsWithinIgnored: {
    title: "Early abandons ignored",
    formula: (seconds) => `answered within ${seconds} s / (offered − abandoned within ${seconds} s)`,
    authority: "ICMI #4; Cisco “abandons ignored”",
    parts: (s) => ({ numerator: s.answered_in_target, denominator: s.offered - s.abandoned_in_target }),
  },
  shortAbandonsCredited: {
    title: "Short abandons count as met",
    formula: (seconds, short) => `(answered within ${seconds} s + abandoned in under ${short} s) / offered`,
    authority: "ICMI #5",
    parts: (s) => ({ numerator: s.answered_in_target + s.short_abandoned, denominator: s.offered }),
  },
  shortAbandonsExcluded: {
    title: "Short abandons left out",
    formula: (seconds, short) => `answered within ${seconds} s / (offered − abandoned in under ${short} s)`,
    authority: "Cisco “abandoned call wait time”",
    parts: (s) => ({ numerator: s.answered_in_target, denominator: s.offered - s.short_abandoned }),
  },
};

/** Numerator and denominator of the service level of one clinic's calls, by the variant this clinic chose. */
export const serviceLevelParts = (variant: ServiceLevelVariant, sums: Counts): Ratio =>
  serviceLevelVariants[variant].parts(sums);
