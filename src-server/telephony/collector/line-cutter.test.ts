import { expect, test } from "vitest";
import { longestRecord } from "../reader/read-record.ts";
import { LineCutter } from "./line-cutter.ts";

const push = (cutter: LineCutter, text: string) => cutter.push(Buffer.from(text)).map(String);

test("records cut over packets, either line end, blank lines, and a last line without an end", () => {
  const cutter = new LineCutter();
  expect(push(cutter, "Call 1,a")).toEqual([]);
  expect(push(cutter, ",b\r")).toEqual([]);
  expect(push(cutter, "\nCall 2\n\r\n \nCall")).toEqual(["Call 1,a,b", "Call 2"]);
  expect(cutter.pending).toBe(4);
  expect(cutter.end().map(String)).toEqual(["Call"]);
  expect([cutter.pending, cutter.end()]).toEqual([0, []]);
});

test("a line that never ends is not held, but its beginning is told", () => {
  const cutter = new LineCutter();
  for (let i = 0; i < 100; i++) cutter.push(Buffer.alloc(10_000, "x"));
  expect(cutter.pending).toBe(1_000_000);
  const [line] = cutter.push(Buffer.from("\n"));
  expect(line?.length).toBe(longestRecord + 1);
  expect(push(cutter, "Call 3\n")).toEqual(["Call 3"]);
});

test("what was cut keeps its bytes when the stream uses its buffer again", () => {
  const cutter = new LineCutter();
  const buffer = Buffer.from("Call 1");
  cutter.push(buffer);
  buffer.fill("x");
  expect(push(cutter, "\n")).toEqual(["Call 1"]);
});
