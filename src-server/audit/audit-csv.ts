import type { AuditEntry } from "#shared/contract/audit.ts";

const columns: [string, (entry: AuditEntry) => string | null][] = [
  ["Line", (e) => e.id],
  ["Written", (e) => e.at],
  ["Happened", (e) => e.occurredAt],
  ["Person", (e) => e.person],
  ["Person id", (e) => e.userId],
  ["Device", (e) => e.device],
  ["Clinic id", (e) => e.clinicId],
  ["Action", (e) => e.action],
  ["Subject", (e) => e.subject],
  ["Record", (e) => e.subjectId],
  ["Detail", (e) => JSON.stringify(e.detail)],
  ["Request", (e) => e.requestId],
  ["Hash", (e) => e.hash],
];

/** Entries as CSV (RFC 4180) with a heading, and a mark of UTF-8 for spreadsheets. */
export const auditCsv = (entries: AuditEntry[]): string =>
  `\uFEFF${[columns.map(([title]) => title), ...entries.map((e) => columns.map(([, value]) => value(e)))]
    .map((row) => `${row.map(cell).join(",")}\r\n`)
    .join("")}`;

/**
 * A cell that nothing breaks out of. A spreadsheet takes a text for a formula by its first sign; an apostrophe before it makes it
 * text again (OWASP, CSV injection).
 */
export function cell(value: string | null): string {
  const text = value ?? "";
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
