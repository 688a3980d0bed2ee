import { expect, test } from "vitest";
import type { Person } from "#shared/contract/session.ts";
import { maySeeCalls, screensFor, seesOwnCalls } from "./screens.ts";

const clinicId = "0198a2b4-0000-7000-8000-000000000001";
const elsewhere = "0198a2b4-0000-7000-8000-000000000002";
const person = (role: Person["roles"][number]["role"]): Person => ({
  id: elsewhere,
  email: "someone@lakeview.example",
  displayName: "Someone",
  organization: { id: elsewhere, slug: "lakeview", name: "Lakeview" },
  roles: [{ clinicId, role, agentId: null }],
});
const names = (who: Person, clinic: string) => screensFor(who, clinic).map((entry) => entry.screen);

test("phone systems are there for who may configure them in this clinic", () => {
  expect(names(person("clinic_admin"), clinicId)).toContain("phone-systems");
  expect(names(person("clinic_admin"), elsewhere)).not.toContain("phone-systems");
  expect(names(person("supervisor"), clinicId)).toEqual(["today", "calls", "trends"]);
});

test("a role without calls is told so", () => {
  expect(maySeeCalls(person("provider"), clinicId)).toBe(false);
  expect(maySeeCalls(person("call_center_agent"), clinicId)).toBe(true);
});

test("an agent's figures are said to be the agent's own", () => {
  expect(seesOwnCalls(person("call_center_agent"), clinicId)).toBe(true);
  expect(seesOwnCalls(person("manager"), clinicId)).toBe(false);
  expect(seesOwnCalls(null, clinicId)).toBe(false);
});
