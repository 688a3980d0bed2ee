import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compare } from "./compare.ts";

test("counts compare in percent and judge nothing where neither side is better", () => {
  expect(compare("offered", 214, 202, "Thursday")).toEqual({
    direction: "up",
    tone: "plain",
    text: "+6\u00A0% on a usual Thursday by now",
  });
});

test("a handful of usual calls is named, not turned into a percentage", () => {
  expect(compare("offered", 15, 1, "Saturday").text).toBe("usual 1 by now");
});

test("rates compare in points, and the better side is the metric's own", () => {
  expect(compare("answerRate", 0.874, 0.853, "Thursday")).toEqual({
    direction: "up",
    tone: "good",
    text: "2.1 points above usual",
  });
  expect(compare("abandonRate", 0.12, 0.07, "Thursday").tone).toBe("bad");
  expect(compare("abandonRate", 0.04, 0.07, "Thursday")).toMatchObject({ direction: "down", tone: "good" });
});

test("times name the usual time", () => {
  expect(compare("averageSpeedOfAnswer", 19, 17, "Monday")).toEqual({
    direction: "up",
    tone: "plain",
    text: "usual 0:17",
  });
  expect(compare("averageSpeedOfAnswer", 29, 17, "Monday").tone).toBe("bad");
  expect(compare("averageHandleTime", 276.2, 276, "Monday").text).toBe("as usual");
});

test("without figures it says so, and never compares with 0", () => {
  expect(compare("serviceLevel", null, 0.8, "Friday").text).toBe("nothing to measure yet");
  expect(compare("serviceLevel", 0.8, null, "Friday").text).toBe("no usual figure by now");
});

test("a figure is never above and below at once, and a welcome rise makes a fall unwelcome", () => {
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(rate, rate, (a, b) => {
      const there = compare("serviceLevel", a, b, "Friday");
      const back = compare("serviceLevel", b, a, "Friday");
      const mirror = { good: "bad", bad: "good", plain: "plain" } as const;
      expect(back.tone).toBe(mirror[there.tone]);
    }),
  );
});
