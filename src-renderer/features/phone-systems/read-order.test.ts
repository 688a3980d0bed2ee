import { expect, test } from "vitest";
import { readOrder } from "./read-order.ts";

test("names are read however they were pasted", () => {
  const order = ["historyid", "callid", "time-start"];
  expect(readOrder("historyid\ncallid\r\ntime-start\n")).toEqual(order);
  expect(readOrder("historyid, callid;time-start")).toEqual(order);
});

test("nothing leaves the reader to itself", () => {
  expect(readOrder(" \n ")).toBeNull();
});
