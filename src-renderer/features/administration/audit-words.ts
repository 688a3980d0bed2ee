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

export const valueWords = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The details of a line on one line: `role: viewer, active: false`. */
export function detailWords(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${valueWords(value)}`)
    .join(", ");
}
