import { expect, test } from "vitest";
import type { FieldName } from "./field-name.ts";
import { readJson } from "./read-json.ts";
import { readLine } from "./read-line.ts";

const line =
  "Call 265500,89d3af2d8f010000_3456,00:08:10,2024/04/30 06:27:28,2024/04/30 06:27:36,2024/04/30 06:35:46,TerminatedByDst,2025550143,Ext.80002,10020,80002,80002,ReplacedDst,Ext.10013,10013,,,,,Chain: 2025550143;Ext.80002;Ext.10013;,Line,Queue,Extension,2025550143,Recall Desk,Ana Ruiz,";
const reading = readLine(line, null);
const fields = "record" in reading ? reading.record.fields : ({} as Record<FieldName, string>);
const renamed = (rename: (name: string) => string) =>
  JSON.stringify(Object.fromEntries(Object.entries(fields).map(([name, text]) => [rename(name), text])));

test.each([
  ["hyphen", (name: string) => name],
  ["snake", (name: string) => name.replaceAll("-", "_")],
  [
    "camel",
    (name: string) =>
      name
        .replaceAll(/-(.)/g, (_, c: string) => c.toUpperCase())
        .replace("callid", "callId")
        .replace("historyid", "historyId"),
  ],
])("%s names say the same as the line", (_, rename) => {
  expect(readJson(renamed(rename))).toEqual({ ...reading, configured: false });
});

test("numbers, nothing and lists stand for their text", () => {
  const given = {
    ...JSON.parse(renamed((n) => n)),
    historyid: 265500,
    duration: 490,
    "bill-code": null,
    chain: ["2025550143", "Ext.80002"],
  } as object;
  expect(readJson(JSON.stringify(given))).toMatchObject({
    record: { historyId: "265500", notes: [], fields: { chain: "2025550143;Ext.80002" } },
  });
});

test("times in ISO, with an offset too", () => {
  const given = {
    callid: "x_1",
    timeStart: "2024-04-30T08:27:28+02:00",
    timeEnd: "2024-04-30T06:28:28.500Z",
    fromNo: "5550123",
    toNo: "Ext.1",
  };
  expect(readJson(JSON.stringify(given))).toMatchObject({
    record: { start: Date.UTC(2024, 3, 30, 6, 27, 28), end: Date.UTC(2024, 3, 30, 6, 28, 28) },
  });
});

test.each([
  ["{", "no JSON"],
  ["[]", "object of CDR fields"],
  ["12", "object of CDR fields"],
  ["{}", "callid is missing"],
  [JSON.stringify({ callid: "x", "time-start": {} }), "time-start"],
  [JSON.stringify({ callid: "x\0" }), "NUL"],
  [JSON.stringify({ callid: "x", "time-start": "yesterday" }), "time-start is no time"],
])("%s says why it can't be read", (text, reason) => {
  expect(readJson(text)).toEqual({ reason: expect.stringContaining(reason) as string });
});
