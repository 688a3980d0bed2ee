import { expect, test } from "vitest";
import type { Person } from "#shared/contract/session.ts";
import { createNoteViews } from "./note-views.ts";
import type { WriteDown } from "./write-down.ts";

const clinicId = "0198a2b4-0000-7000-8000-000000000001";
const personWith = (role: "manager" | "viewer"): Person => ({
  id: "0198a2b4-0000-7000-8000-000000000002",
  email: "sam@clinic.example",
  displayName: "Sam",
  kind: "person",
  organization: { id: clinicId, slug: "o", name: "O" },
  roles: [{ clinicId, role, agentId: null, locationIds: [] }],
});

function desk() {
  let at = 0;
  const lines: unknown[] = [];
  const write: WriteDown = async (event) => void lines.push([event.subject, event.clinicId, event.detail]);
  const note = createNoteViews(() => at);
  return { lines, write, note, pass: (minutes: number) => void (at += minutes * 60_000) };
}
const wait = { id: clinicId, callerNumber: "2025550143" };

test("callers on the screen that stands open all day are a look an hour, not one a change", async () => {
  const { lines, write, note, pass } = desk();
  const look = () => note("today.longestWaits", { clinicId, limit: 8 }, [wait], personWith("manager"), write);
  for (let minute = 0; minute < 59; minute++, pass(1)) await look();
  expect(lines).toEqual([["today.longestWaits", clinicId, { searched: false, rows: 1 }]]);
  pass(2);
  await look();
  expect(lines).toHaveLength(2);
});

test("a list is a look a minute and question; what was searched for and who called stand in no line", async () => {
  const { lines, write, note, pass } = desk();
  const records = [{ clinicId, callerNumber: "2025550143" }];
  const look = (search?: string) =>
    note("calls.list", { limit: 100, search, status: "abandoned" }, { records }, personWith("manager"), write);
  await look();
  await look();
  await look("2025550143");
  pass(1);
  await look();
  expect(lines).toHaveLength(3);
  expect(JSON.stringify(lines)).not.toContain("2025550143");
  expect(lines[1]).toEqual(["calls.list", clinicId, { status: "abandoned", searched: true, rows: 1 }]);
});

test("who sees no caller looks at no patient, and other questions leave no line", async () => {
  const { lines, write, note } = desk();
  await note("today.longestWaits", { clinicId }, [wait], personWith("viewer"), write);
  await note("today.longestWaits", { clinicId }, [], personWith("manager"), write);
  await note("today.overview", { clinicId }, {}, personWith("manager"), write);
  expect(lines).toEqual([]);
});
