import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { localMoment } from "./zone.ts";

const at = (instant: string, zone: string) => localMoment(Temporal.Instant.from(instant), zone);

test("an instant falls on the clinic's own day and hour", () => {
  expect(at("2026-11-20T23:30:00Z", "Europe/Berlin")).toEqual({ day: "2026-11-21", hour: 0, minute: 30 });
  expect(at("2026-11-20T23:30:00Z", "Asia/Kolkata")).toEqual({ day: "2026-11-21", hour: 5, minute: 300 });
  expect(at("2026-11-20T03:30:00Z", "America/New_York")).toEqual({ day: "2026-11-19", hour: 22, minute: 1350 });
});

test("the hour that comes twice has one number, the hour that is left out none", () => {
  expect(at("2026-10-25T00:30:00Z", "Europe/Berlin").hour).toBe(2);
  expect(at("2026-10-25T01:30:00Z", "Europe/Berlin").hour).toBe(2);
  expect(at("2026-03-29T00:59:59Z", "Europe/Berlin").hour).toBe(1);
  expect(at("2026-03-29T01:00:00Z", "Europe/Berlin").hour).toBe(3);
});
