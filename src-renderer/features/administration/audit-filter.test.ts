import { expect, test } from "vitest";
import { auditAction } from "#shared/access/audit-action.ts";
import { auditQuestion, readAuditFilter } from "./audit-filter.ts";
import { subjectWords } from "./audit-subjects.ts";
import { actionWords, detailWords } from "./audit-words.ts";

const clinicId = "0198a2b4-0000-7000-8000-000000000001";

test("an address narrows the log; what means nothing is dropped", () => {
  const good = { from: "2026-11-01", until: "2026-11-19", userId: clinicId, action: "signInRefused", search: "102" };
  expect(readAuditFilter({ ...good, tab: "x" })).toEqual(good);
  expect(readAuditFilter({ from: "yesterday", userId: "1 or 1=1", action: "everything", search: "" })).toEqual({});
  expect(readAuditFilter({ from: "2026-11-19", until: "2026-11-01" })).toMatchObject({ from: "2026-11-01" });
});

test("a day goes to its end by the clinic's clock", () => {
  expect(auditQuestion({ from: "2026-11-01", until: "2026-11-01" }, clinicId, "America/New_York")).toEqual({
    clinicId,
    from: "2026-11-01T04:00:00Z",
    until: "2026-11-02T05:00:00Z",
  });
});

test("every action has its word, and details stand on one line", () => {
  expect(Object.keys(actionWords).sort()).toEqual([...auditAction.options].sort());
  const names = new Map([[clinicId, "Brightside North"]]);
  expect(
    detailWords(
      { role: "viewer", active: false, clinics: [clinicId], before: { role: "manager", agentId: null } },
      names,
    ),
  ).toBe("role: viewer; active: no; clinics: Brightside North; before: (role: manager; agentId: none)");
});

test("subjects are said in words, and one that is new as it is written", () => {
  expect(subjectWords("calls.one")).toBe("one call");
  expect(subjectWords("shape.calls")).toBe("calls, for a desk’s copy");
  expect(subjectWords("shape.calls_by_hour")).toBe("figures, for a desk’s copy");
  expect(subjectWords("something.new")).toBe("something.new");
});
