import { expect, test } from "vitest";
import { leaseWords } from "./lease-words.ts";

const door = {
  kind: "leaseOver",
  lastContactAt: "2026-11-16T14:00:00Z",
  eraseAt: "2026-11-30T14:00:00Z",
  erased: false,
} as const;
const around = { now: Date.parse("2026-11-19T15:00:00Z"), waiting: 0, timeZone: "America/New_York" };

test("a lease that is over says since when, until when, and what waits", () => {
  const { lines } = leaseWords(door, { ...around, waiting: 3 });
  expect(lines.join(" ")).toContain("3 days ago, on Mon 16 Nov, 09:00:00");
  expect(lines.join(" ")).toContain("erased on Mon 30 Nov, 09:00:00");
  expect(lines.at(-1)).toBe("3 lines wait here to be carried to the server.");
});

test("an erased copy is never said to be gone from the server", () => {
  const { title, lines } = leaseWords({ ...door, erased: true }, around);
  expect(title).toContain("erased");
  expect(lines.join(" ")).toContain("Nothing was deleted on the server");
});
