import { expect, test } from "vitest";
import { callCourse } from "./call-course.ts";

const at = (seconds: number) => new Date(seconds * 1000).toISOString();

test("an answered call waits, then talks", () => {
  const course = callCourse({ status: "answered", startedAt: at(0), answeredAt: at(20), endedAt: at(100) });
  expect(course).toEqual([
    { kind: "waited", seconds: 20, share: 0.2 },
    { kind: "talked", seconds: 80, share: 0.8 },
  ]);
});

test("a short wait stays visible beside a long talk, and the shares fill the bar", () => {
  const course = callCourse({ status: "answered", startedAt: at(0), answeredAt: at(1), endedAt: at(3601) });
  expect(course[0]?.share).toBeGreaterThan(0.08);
  expect(course.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test("a call nobody answered only waits, one of no length has no course", () => {
  expect(callCourse({ status: "abandoned", startedAt: at(0), answeredAt: null, endedAt: at(31) })).toEqual([
    { kind: "waited", seconds: 31, share: 1 },
  ]);
  expect(callCourse({ status: "abandoned", startedAt: at(0), answeredAt: null, endedAt: at(0) })).toEqual([]);
});

test("a voicemail has a length but nobody waited", () => {
  expect(callCourse({ status: "voicemail", startedAt: at(0), answeredAt: null, endedAt: at(37) })[0]?.kind).toBe(
    "unanswered",
  );
});
