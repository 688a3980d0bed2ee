import { describe, expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import type { CdrRecord } from "./cdr-record.ts";
import { fieldNames } from "./field-name.ts";
import { fieldOrder, knownOrders } from "./field-order.ts";
import { readLine } from "./read-line.ts";
import { longestRecord, readRecord } from "./read-record.ts";

const queueCall =
  "Call 265500,89d3af2d8f010000_3456,00:08:10,2024/04/30 06:27:28,2024/04/30 06:27:36,2024/04/30 06:35:46,TerminatedByDst,2025550143,Ext.80002,10020,80002,80002,ReplacedDst,Ext.10013,10013,,,,,Chain: 2025550143;Ext.80002;Ext.10013;,Line,Queue,Extension,Jane Doe,Recall Desk,Ana Ruiz,Ext.101;Ext.102";

function read(line: string, configured: string[] | null = null): CdrRecord {
  const order = configured && fieldOrder(configured);
  const reading = readLine(line, order && "order" in order ? order.order : null);
  if ("reason" in reading) throw new Error(reading.reason);
  return reading.record;
}
const refused = (line: string) => {
  const reading = readLine(line, null);
  return "reason" in reading ? reading.reason : null;
};
const values = (line: string) => line.replace("Call ", "").split(",");
/** The same call as a line in another order of fields. */
const inOrder = (order: readonly string[]) =>
  order.map((name) => values(queueCall)[fieldNames.indexOf(name as "chain")]).join(",");

test("a line gives its fields by name", () => {
  const { callId, historyId, start, answered, end, fields, notes } = read(queueCall);
  expect({ callId, historyId, notes }).toEqual({ callId: "89d3af2d8f010000_3456", historyId: "265500", notes: [] });
  expect(new Date(start).toISOString()).toBe("2024-04-30T06:27:28.000Z");
  expect([must(answered, "answer") - start, end - start]).toEqual([8000, 498_000]);
  expect(fields).toMatchObject({
    "from-no": "2025550143",
    "final-dispname": "Ana Ruiz",
    "missed-queue-calls": "Ext.101;Ext.102",
  });
});

describe("orders", () => {
  test.each(knownOrders.slice(0, 6).map((order) => [order.length, order] as const))("%i fields, known", (_, order) => {
    for (const prefix of ["Call ", ""]) {
      const { fields } = read(prefix + inOrder(order));
      for (const name of order) expect([name, fields[name]]).toEqual([name, read(queueCall).fields[name]]);
    }
  });
  test("the legacy order without callid gets an identity of its own, the same each time", () => {
    const line = inOrder(must(knownOrders[6], "order"));
    expect(read(line).fields["final-number"]).toBe("Ext.10013");
    expect(read(line).callId).toMatch(/^none-[0-9a-f]{32}$/);
    expect(read(line).callId).toBe(read(line).callId);
  });
  test("a configured order, by names in any spelling", () => {
    const order = [
      "callid",
      "fromNo",
      "to_no",
      "TimeEnd",
      "time-start",
      "time_answered",
      "reasonTerminated",
      "to-type",
      "from-type",
    ];
    const line = inOrder(["callid", "from-no", "to-no", "time-end", "time-start", "time-answered", "reason-terminated", "to-type", "from-type"]); // prettier-ignore
    expect(refused(line)).toContain("no call record");
    expect(read(line, order).fields).toMatchObject({ "from-no": "2025550143", "to-type": "Queue" });
  });
  test("a list that changes in the middle: each line by itself, whatever is configured", () => {
    const configured = [...must(knownOrders[2], "order")];
    for (const order of knownOrders) expect(read(inOrder(order), configured).fields["to-no"]).toBe("Ext.80002");
  });
  test("a configured order that swaps two ends is believed where the line doesn't speak", () => {
    const swapped = fieldNames
      .slice(0, 20)
      .map((name) => (name === "from-no" ? "to-no" : name === "to-no" ? "from-no" : name));
    const line =
      "1,00000C09C912438C_156,,2020/06/09 09:14:16,,2020/06/09 09:14:26,Failed,Ext.1000,5550178,10000,1000,1000,,,,,,,,";
    expect(read(line, swapped).fields).toMatchObject({ "from-no": "5550178", "to-no": "Ext.1000" });
  });
  test("an order that can't count calls is refused by name", () => {
    expect(fieldOrder(["callid", "nonsense"])).toMatchObject({
      problem: expect.stringContaining('"nonsense"') as string,
    });
    expect(fieldOrder(["callid", "CallId"])).toMatchObject({ problem: expect.stringContaining("twice") as string });
    expect(fieldOrder(["callid", "time-start"])).toMatchObject({
      problem: expect.stringContaining("time-end") as string,
    });
  });
});

describe("times", () => {
  test.each(["/", "-", "."])("dates with %s", (separator) => {
    const line = queueCall.replaceAll(/(\d{4})\/(\d\d)\/(\d\d)/g, `$1${separator}$2${separator}$3`);
    expect(read(line).start).toBe(Date.UTC(2024, 3, 30, 6, 27, 28));
  });
  test("a day that isn't there is no time", () => {
    expect(refused(queueCall.replace("2024/04/30 06:27:28", "2024/02/30 06:27:28"))).toContain("time-start");
    expect(refused(queueCall.replace("2024/04/30 06:27:28", "2024/13/45 25:61:00"))).toContain("time-start");
    expect(refused(queueCall.replace("2024/04/30 06:35:46", "2024/04/30 06:27:27"))).toContain("time-end lies before");
    expect(refused(queueCall.replace("2024/04/30 06:27:36", "2024/04/30 07:27:36"))).toContain("time-answered");
  });
  test("a time an hour off from the callid is noted, in each of its three forms", () => {
    const ids = { turned: "89d3af2d8f010000_1", since1970: "0000018F2DAFD389_1", since1601: "00000C265E663B89_1" };
    for (const id of Object.values(ids)) {
      const line = queueCall.replace("89d3af2d8f010000_3456", id);
      expect(read(line).notes).toEqual([]);
      const local = line.replaceAll("30 06:", "30 08:");
      expect(read(local).notes).toEqual([expect.stringContaining("2 h")]);
      expect(read(local).start).toBe(Date.UTC(2024, 3, 30, 8, 27, 28));
    }
  });
});

describe("commas in names", () => {
  const named = (from: string, to: string, final: string, missed = "") =>
    queueCall.replace("Jane Doe,Recall Desk,Ana Ruiz,Ext.101;Ext.102", `${from},${to},${final},${missed}`);
  test("a comma before a space belongs to the name", () => {
    expect(read(named("Doe, Jane", "Recall Desk", "Ruiz, Ana", "Ext.101")).fields).toMatchObject({
      "from-dispname": "Doe, Jane",
      "to-dispname": "Recall Desk",
      "final-dispname": "Ruiz, Ana",
      "missed-queue-calls": "Ext.101",
    });
  });
  test("where it can't be told which name it is in, names are left out and numbers are right", () => {
    const { fields } = read(named("Doe,Jane", "Recall", "Ruiz"));
    expect(fields).toMatchObject({
      "from-dispname": "",
      "to-no": "Ext.80002",
      "final-type": "Extension",
      chain: read(queueCall).fields.chain,
    });
  });
  test("a comma in the tariff's name, and one in a name", () => {
    const line = named("Doe, Jane", "Recall Desk", "Ana Ruiz").replace(
      "10013,,,,,Chain",
      "10013,7,0,08,1,Night, cheap,Chain",
    );
    expect(read(line).fields).toMatchObject({
      "final-dn": "10013",
      "from-type": "Line",
      "to-type": "Queue",
      "from-dispname": "Doe, Jane",
    });
  });
  test("quotation marks around a name", () => {
    expect(read(named('"Doe,Jane"', '"Recall ""A"" Desk"', "Ana Ruiz")).fields).toMatchObject({
      "from-dispname": "Doe,Jane",
      "to-dispname": 'Recall "A" Desk',
    });
    expect(read(named('Jane "JD" Doe', "Recall Desk", "Ana Ruiz")).fields["from-dispname"]).toBe('Jane "JD" Doe');
  });
  test("names that read like types don't become types", () => {
    expect(read(named("Queue", "Extension", "Line")).fields).toMatchObject({
      "from-type": "Line",
      "from-dispname": "Queue",
    });
  });
});

describe("what can't be read", () => {
  test.each([
    ["Call log restarted by the administrator", "no call record"],
    ["Call 5,00000C099511D2E6_51,00:01:12,2020/05/30 06:53:32", "no call record"],
    [queueCall.split(",").slice(0, 25).join(","), "25 fields fit no known order"],
    [queueCall.replace("TerminatedByDst", "2024/04/30 06:27:36"), "fit no known order"],
    [fieldNames.join(","), "list of field names"],
    [`${queueCall}\0`, "NUL"],
    [",".repeat(5000), "fit no known order"],
  ])("%s", (line, reason) => {
    expect(refused(line)).toContain(reason);
  });
  test("a record over 64 KB", () => {
    const body = Buffer.alloc(longestRecord + 1, "x");
    expect(readRecord({ format: "line", body }, null)).toEqual({ reason: expect.stringContaining("64 KB") as string });
  });
});

test("bytes that are not UTF-8 are ISO-8859-1; a mark of order in front is none of the record's", () => {
  const body = Buffer.from(queueCall.replace("Jane Doe", "José Müller"), "latin1");
  const utf8 = Buffer.from(`\uFEFF${queueCall.replace("Jane Doe", "José Müller")}`);
  for (const given of [body, utf8]) {
    const reading = readRecord({ format: "line", body: given }, null);
    expect("record" in reading && reading.record.fields["from-dispname"]).toBe("José Müller");
  }
});
