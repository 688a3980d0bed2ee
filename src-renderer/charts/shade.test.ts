import { expect, test } from "vitest";
import { inkOn } from "./shade.ts";

test("light shades take the dark ink and dark ones the light", () => {
  const inks = ["#131820", "#ffffff"] as const;
  expect(inkOn("#eef2fb", "#1d3f9f", 0, inks)).toBe("#131820");
  expect(inkOn("#eef2fb", "#1d3f9f", 1, inks)).toBe("#ffffff");
  // In the dark theme the scale runs the other way.
  expect(inkOn("#172033", "#a9c1ff", 0, ["#edf1f6", "#131922"])).toBe("#edf1f6");
  expect(inkOn("#172033", "#a9c1ff", 1, ["#edf1f6", "#131922"])).toBe("#131922");
});
