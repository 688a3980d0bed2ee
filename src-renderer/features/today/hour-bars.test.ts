import { expect, test } from "vitest";
import { hourBars, hoursInView, nowMark } from "./hour-bars.ts";

const hour = (hour: number, offered: number) => ({
  hour,
  offered,
  abandoned: 0,
  usual: null,
  usualLow: null,
  usualHigh: null,
});
const hours = [hour(7, 5), hour(8, 0), hour(9, 0)];

test("an hour without calls has a bar of 0, an hour to come has none", () => {
  expect(hourBars(hours, 8 * 60 + 30).map((bar) => bar.whole)).toEqual([5, 0, null]);
});

test("now stands between the hours, and nowhere outside of them", () => {
  expect(nowMark(hours, 8 * 60 + 30)).toEqual({ at: 1.5, label: "08:30" });
  expect(nowMark(hours, 6 * 60)).toBeNull();
  expect(nowMark(hours, 11 * 60)).toBeNull();
  expect(nowMark([], 600)).toBeNull();
});

test("hours outside of opening are shown only up to a call there", () => {
  const day = Array.from({ length: 24 }, (_, at) => hour(at, at === 20 ? 1 : 0));
  const view = hoursInView(day, 8, 18).map((one) => one.hour);
  expect([view[0], view.at(-1)]).toEqual([8, 20]);
  expect(hoursInView(day.slice(0, 20), 8, 18).at(-1)?.hour).toBe(17);
});
