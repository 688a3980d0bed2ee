import { type SecurityTerms, securityTerms } from "#shared/contract/administration.ts";

/** The terms as they are typed. */
export type TermsText = { idleMinutes: string; lockAfterHours: string; eraseAfterDays: string; secondFactor: boolean };

export const termsText = (terms: SecurityTerms): TermsText => ({
  idleMinutes: String(terms.idleMinutes),
  lockAfterHours: String(terms.lockAfterHours),
  eraseAfterDays: String(terms.eraseAfterDays),
  secondFactor: terms.secondFactor,
});

type Read = { terms: SecurityTerms } | { problems: Record<string, string> };

/** Reads typed terms against the limits of the contract, in its own sentences. */
export function readTerms(text: TermsText): Read {
  const whole = (value: string) => (value.trim() === "" ? Number.NaN : Number(value));
  const read = securityTerms.safeParse({
    idleMinutes: whole(text.idleMinutes),
    lockAfterHours: whole(text.lockAfterHours),
    eraseAfterDays: whole(text.eraseAfterDays),
    secondFactor: text.secondFactor,
  });
  if (!read.success) {
    return { problems: Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message])) };
  }
  const { lockAfterHours, eraseAfterDays } = read.data;
  if (eraseAfterDays * 24 < lockAfterHours) {
    return { problems: { eraseAfterDays: "It would be erased before it locks: choose more days, or fewer hours." } };
  }
  return { terms: read.data };
}
