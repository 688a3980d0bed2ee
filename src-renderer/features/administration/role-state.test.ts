import { expect, test } from "vitest";
import type { HeldRole } from "#shared/contract/administration.ts";
import { roleState } from "./role-state.ts";

const held = (validFrom: string | null, validUntil: string | null, active = true): HeldRole => ({
  clinicId: "0198a2b4-0000-7000-8000-000000000001",
  role: "viewer",
  agentId: null,
  active,
  validFrom,
  validUntil,
  locationIds: [],
});
const words = (role: HeldRole) => roleState(role, Date.parse("2026-11-21T12:00:00Z"), "America/New_York").text;

test("a role says from when, until when, or that it is over", () => {
  expect(words(held(null, null))).toBe("always");
  expect(words(held("2026-12-01T05:00:00Z", null))).toBe("from 1 December 2026");
  expect(words(held("2026-12-01T05:00:00Z", "2027-03-01T05:00:00Z"))).toBe(
    "from 1 December 2026, until 28 February 2027",
  );
  expect(words(held("2026-01-01T05:00:00Z", "2027-03-01T05:00:00Z"))).toBe("until 28 February 2027");
  expect(words(held(null, "2026-10-01T04:00:00Z"))).toBe("ended 30 September 2026");
  expect(words(held(null, null, false))).toBe("taken");
});

test("an end is over with its very instant", () => {
  expect(words(held(null, "2026-11-21T12:00:00Z"))).toBe("ended 21 November 2026");
  expect(words(held(null, "2026-11-21T12:00:01Z"))).toBe("until 21 November 2026");
});
