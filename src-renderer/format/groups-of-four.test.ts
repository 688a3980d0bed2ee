import { expect, test } from "vitest";
import { groupsOfFour } from "./groups-of-four.ts";

test("a secret is written in groups of four", () => {
  expect(groupsOfFour("JBSWY3DPEHPK3PXP")).toBe("JBSW Y3DP EHPK 3PXP");
  expect(groupsOfFour("JBSWY3")).toBe("JBSW Y3");
  expect(groupsOfFour("")).toBe("");
});
