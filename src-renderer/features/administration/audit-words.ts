import type { AuditAction } from "#shared/access/audit-action.ts";

export const actionWords: Record<AuditAction, string> = {
  signIn: "Signed in",
  signInRefused: "Sign-in refused",
  signOut: "Signed out",
  refused: "Refused",
  view: "Viewed",
  export: "Exported",
  print: "Printed",
  change: "Changed",
  configure: "Configured",
  purge: "Removed from a desk",
  retention: "Retention",
  desk: "Desk",
};

/** What somebody was kept from, or what took rows away, is told apart at a glance; never by colour alone, the word says it too. */
export const actionTone = (action: AuditAction): "plain" | "warn" | "bad" =>
  action === "signInRefused" || action === "refused"
    ? "bad"
    : action === "purge" || action === "retention"
      ? "warn"
      : "plain";

/** Ids that are known here by a name: people, clinics, locations, agents. */
export type Names = ReadonlyMap<string, string>;
const nobody: Names = new Map();

/** A value in words: ids by their names where they are known, lists and records without the signs of a program. */
export function valueWords(value: unknown, names: Names = nobody): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((one) => valueWords(one, names)).join(", ");
  if (typeof value === "object") return detailWords(Object.fromEntries(Object.entries(value)), names);
  return JSON.stringify(value);
}

/** The details of a line on one line: `role: viewer; active: no`. */
export const detailWords = (detail: Record<string, unknown>, names: Names = nobody): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${isRecord(value) ? `(${valueWords(value, names)})` : valueWords(value, names)}`)
    .join("; ");

const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
