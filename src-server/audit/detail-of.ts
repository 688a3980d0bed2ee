import { asId } from "../http/clinic-asked.ts";

/**
 * Inputs whose values may stand in the log: settings, roles and ids. Of all others (names, searched texts, numbers that were
 * called, passwords) only the field's name is written.
 */
const plain = new Set([
  "active", "role", "agentId", "locationIds", "userIds", "targetId", "validFrom", "validUntil", "clinicId", "variant", "seconds", "goal",
  "shortAbandonSeconds", "waitLimitSeconds", "idleMinutes", "lockAfterHours", "eraseAfterDays", "secondFactor", "days", "subject",
]); // prettier-ignore

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The names of the given fields that the verb knows, in its order. */
export const fieldsGiven = (input: unknown, known: readonly string[]): string[] =>
  isRecord(input) ? known.filter((name) => input[name] !== undefined) : [];

/** The given values that may be written, one level deep. */
export function plainValues(input: unknown, known: readonly string[]): Record<string, unknown> {
  if (!isRecord(input)) return {};
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = input[name];
      if (value === undefined || !plain.has(name)) return [];
      if (isRecord(value)) return [[name, Object.fromEntries(Object.entries(value).filter(([key]) => plain.has(key)))]];
      return [[name, value]];
    }),
  );
}

/** How many records an answer shows. */
export function countOf(output: unknown): number | null {
  if (Array.isArray(output)) return output.length;
  if (!isRecord(output)) return null;
  for (const key of ["records", "entries"]) if (Array.isArray(output[key])) return output[key].length;
  return typeof output.lines === "number" ? output.lines : null;
}

/** The record that a verb is about: of the input, or what it made. */
export function recordOf(input: unknown, output?: unknown): string | null {
  if (isRecord(input))
    for (const key of ["id", "userId", "locationId", "deviceId", "sessionId", "sourceId"]) {
      const found = asId(input[key]);
      if (found) return found;
    }
  if (!isRecord(output)) return null;
  return asId(output.id) ?? (isRecord(output.person) ? asId(output.person.id) : null);
}

/** The clinics whose records an answer shows. */
export function clinicsShown(output: unknown): string[] {
  if (!isRecord(output)) return [];
  const own = asId(output.clinicId);
  if (own) return [own];
  if (!Array.isArray(output.records)) return [];
  return [...new Set(output.records.flatMap((r) => (isRecord(r) ? [asId(r.clinicId) ?? []].flat() : [])))];
}
