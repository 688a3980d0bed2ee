import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AuditEntry } from "#shared/contract/audit.ts";
import { auditCsv, cell } from "./audit-csv.ts";

const entry: AuditEntry = {
  id: "7",
  at: "2026-11-21T10:00:00.000Z",
  occurredAt: "2026-11-21T09:00:00.000Z",
  clinicId: null,
  userId: null,
  person: '=HYPERLINK("http://x")',
  device: "Desk, front\n2",
  action: "view",
  subject: "calls.one",
  subjectId: null,
  detail: { fields: ["id"] },
  requestId: null,
  hash: "ab",
};

test("a heading and a row for each line, and no formula among them", () => {
  const [heading, ...rows] = auditCsv([entry]).split("\r\n");
  expect(heading).toBe(
    "\uFEFFLine,Written,Happened,Person,Person id,Device,Clinic id,Action,Subject,Record,Detail,Request,Hash",
  );
  expect(rows).toEqual([
    `7,2026-11-21T10:00:00.000Z,2026-11-21T09:00:00.000Z,"'=HYPERLINK(""http://x"")",,"Desk, front\n2",,view,calls.one,,"{""fields"":[""id""]}",,ab`,
    "",
  ]);
});

/** Reads one quoted or bare cell as RFC 4180 has it; null for what is neither. */
function read(text: string): string | null {
  if (/^"(?:[^"]|"")*"$/.test(text)) return text.slice(1, -1).replaceAll('""', '"');
  return /[",\r\n]/.test(text) ? null : text;
}

test("any text reads back as itself, or as itself behind an apostrophe where a spreadsheet would reckon", () => {
  const text = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "'", " ", "a", "1") });
  fc.assert(
    fc.property(text, (given) => {
      const held = read(cell(given));
      expect(held).toBe(/^[=+\-@\t\r\n]/.test(given) ? `'${given}` : given);
      expect(held).not.toMatch(/^[=+\-@]/);
    }),
  );
});
