import { expect, test } from "vitest";
import type { HeldRole } from "#shared/contract/administration.ts";
import { newRole, readRole, rolesToGive, roleText } from "./role-form.ts";

const clinicId = "0198a2b4-0000-7000-8000-000000000001";
const agentId = "0198a2b4-0000-7000-8000-000000000002";
const zone = "America/New_York";
const held: HeldRole = {
  clinicId,
  role: "supervisor",
  agentId,
  active: true,
  validFrom: "2026-12-01T05:00:00Z",
  validUntil: "2027-02-28T20:30:00Z",
  locationIds: [],
};

test("days are the clinic's, the last one included", () => {
  const read = readRole({ ...newRole, from: "2026-12-01", until: "2027-02-28" }, null, clinicId, zone);
  expect(read).toMatchObject({ role: { validFrom: "2026-12-01T05:00:00Z", validUntil: "2027-03-01T05:00:00Z" } });
});

test("what was not touched is written back as it was", () => {
  expect(readRole(roleText(held, zone), held, clinicId, zone)).toEqual({ role: held });
  const later = readRole({ ...roleText(held, zone), until: "2027-03-31" }, held, clinicId, zone);
  expect(later).toMatchObject({ role: { validFrom: held.validFrom, validUntil: "2027-04-01T04:00:00Z" } });
});

test("a role that answers no calls is no agent", () => {
  expect(readRole({ ...roleText(held, zone), role: "viewer" }, held, clinicId, zone)).toMatchObject({
    role: { agentId: null },
  });
});

test("an end before the beginning, or no day at all, is said at its field", () => {
  const read = (from: string, until: string) => readRole({ ...newRole, from, until }, null, clinicId, zone);
  expect(read("2026-12-02", "2026-12-01")).toHaveProperty("problems.validUntil");
  expect(read("tomorrow", "")).toHaveProperty("problems.validFrom");
  expect(read("2026-12-01", "2026-12-01")).toHaveProperty("role");
});

test("the organization's role is given by its own administrators alone, a board's by nobody", () => {
  expect(rolesToGive(false)).not.toContain("superadmin");
  expect(rolesToGive(true)).toContain("superadmin");
  expect(rolesToGive(true)).not.toContain("board");
});
