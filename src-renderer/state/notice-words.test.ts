import { expect, test } from "vitest";
import { accessChange } from "#shared/contract/session.ts";
import { changeWords, noticeWords } from "./notice-words.ts";

const at = "2026-11-19T21:21:04Z";
const change = { id: "1", clinicName: "Lakeview", detail: { from: "manager", to: "viewer" }, at };

test("a change of role names the clinic, both roles and what left because of it", () => {
  const words = noticeWords({
    id: "1",
    kind: "accessChanged",
    changes: [{ ...change, kind: "roleChanged" }],
    removed: { calls: 44_100, agents: 23 },
    at,
  });
  expect(words.lines).toEqual(["Lakeview: you were Manager, and are Viewer now."]);
  expect(words.removed).toBe(
    "44,123 rows left this computer because you may no longer see them: 44,100 calls, 23 agents. Nothing was deleted on the server.",
  );
});

test("a gain says that nothing left", () => {
  const given = { ...change, kind: "roleGiven" as const, detail: { role: "supervisor" } };
  const words = noticeWords({ id: "1", kind: "accessChanged", changes: [given], removed: {}, at });
  expect(words).toMatchObject({
    lines: ["Lakeview: you are Supervisor there now."],
    removed: "No rows left this computer.",
  });
});

test("every kind of change is a sentence, also without its details", () => {
  for (const kind of accessChange.shape.kind.options)
    expect(changeWords({ ...change, kind, detail: {} })).toMatch(/^[A-Z].*[a-z]\.$/);
});

test("a damaged and an older copy are said to be fetched anew", () => {
  for (const kind of ["damaged", "older"] as const)
    expect(noticeWords({ id: "1", kind, changes: [], removed: { calls: 2 }, at }).lines[0]).toContain("fetched anew");
});
