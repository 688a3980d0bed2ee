import { expect, test } from "vitest";
import { mappingOrder } from "./mapping-order.ts";

test("unassigned numbers come first, the busiest on top; the rest goes by number", () => {
  const rows = [
    { number: "110", targetId: "a", calls: 9 },
    { number: "104", targetId: null, calls: 3 },
    { number: "99", targetId: "b", calls: 1 },
    { number: "107", targetId: null, calls: 40 },
  ];
  expect(mappingOrder(rows).map((row) => row.number)).toEqual(["107", "104", "99", "110"]);
});
