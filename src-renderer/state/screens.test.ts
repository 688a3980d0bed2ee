import { expect, test } from "vitest";
import type { Person } from "#shared/contract/session.ts";
import { administrationTabs, callsSeen, isBoard, maySeeCalls, screensFor, seesCallers } from "./screens.ts";

const clinicId = "0198a2b4-0000-7000-8000-000000000001";
const elsewhere = "0198a2b4-0000-7000-8000-000000000002";
const person = (role: Person["roles"][number]["role"]): Person => ({
  id: elsewhere,
  email: "someone@lakeview.example",
  displayName: "Someone",
  kind: role === "board" ? "board" : "person",
  organization: { id: elsewhere, slug: "lakeview", name: "Lakeview" },
  roles: [{ clinicId, role, agentId: null, locationIds: [] }],
});
const names = (who: Person, clinic: string) => screensFor(who, clinic).map((entry) => entry.screen);

test("the administration is there for who may administer anything in this clinic", () => {
  expect(names(person("clinic_admin"), clinicId)).toContain("administration");
  expect(names(person("clinic_admin"), elsewhere)).not.toContain("administration");
  expect(names(person("supervisor"), clinicId)).toEqual(["today", "calls", "trends"]);
  expect(administrationTabs(person("clinic_admin"), clinicId)).toHaveLength(6);
  expect(administrationTabs(person("manager"), clinicId)).toEqual([]);
});

test("a role without calls is told so", () => {
  expect(maySeeCalls(person("provider"), clinicId)).toBe(false);
  expect(names(person("provider"), clinicId)).toEqual([]);
  expect(maySeeCalls(person("call_center_agent"), clinicId)).toBe(true);
});

test("figures of less than the clinic are said to be so", () => {
  expect(callsSeen(person("call_center_agent"), clinicId)).toBe("own");
  expect(callsSeen(person("supervisor"), clinicId)).toBe("locations");
  expect(callsSeen(person("manager"), clinicId)).toBe("all");
  expect(callsSeen(null, clinicId)).toBe("all");
});

test("a viewer sees calls, but not who called", () => {
  expect(maySeeCalls(person("viewer"), clinicId)).toBe(true);
  expect(seesCallers(person("viewer"))).toBe(false);
  expect(seesCallers(person("supervisor"))).toBe(true);
});

test("a wall's account is a board and sees no call", () => {
  expect(isBoard(person("board"))).toBe(true);
  expect(isBoard(person("manager"))).toBe(false);
  expect(maySeeCalls(person("board"), clinicId)).toBe(false);
});
