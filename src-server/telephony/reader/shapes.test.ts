import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { callFacts } from "./call-facts.ts";
import { recordsOf, shapes } from "./fixture/shapes.ts";
import { legOf } from "./leg.ts";
import { readRecord } from "./read-record.ts";

const at = Date.UTC(2024, 3, 30, 6, 27, 28);

function factsOf(lines: string[], queues: string[] = []) {
  const legs = lines.map((line) => {
    const reading = readRecord({ format: "line", body: Buffer.from(line) }, null);
    if ("reason" in reading) throw new Error(reading.reason);
    expect(reading.record.notes).toEqual([]);
    return legOf(reading.record, (number) => queues.includes(number));
  });
  return callFacts(legs);
}

test.each(shapes.map((shape) => [shape.name, shape] as const))("%s", (_, shape) => {
  const facts = factsOf(recordsOf(shape, 7, at));
  expect({
    direction: facts.direction,
    status: facts.status,
    wait: facts.waitSeconds,
    talk: facts.talkSeconds,
    agent: facts.agentExtension,
    queue: facts.queueNumber,
  }).toEqual({
    direction: shape.direction,
    status: shape.status,
    wait: shape.wait,
    talk: shape.talk,
    agent: shape.agent,
    queue: shape.queue,
  });
  expect(facts.transfers).toBe(shape.transfers ?? facts.transfers);
  expect(facts.start).toBe(at);
  // Only a person picks up.
  expect(facts.answered === null).toBe(facts.status !== "answered");
});

test.each(shapes.map((shape) => [shape.name, shape] as const))(
  "no `Call `, in any order, with copies: %s",
  (_, shape) => {
    const lines = recordsOf(shape, 7, at);
    const again = [...lines.toReversed(), ...lines].map((line) => line.replace("Call ", ""));
    expect(factsOf(again)).toEqual(factsOf(lines));
  },
);

test("numbers at both ends, without Ext.", () => {
  const of = (name: string) =>
    factsOf(
      recordsOf(
        must(
          shapes.find((s) => s.name === name),
          name,
        ),
        1,
        at,
      ),
    );
  expect(of("queue call answered by an agent")).toMatchObject({
    callerNumber: "2025550143",
    calledNumber: "80002",
    callerName: null,
  });
  expect(of("extension to trunk, answered, with a tariff")).toMatchObject({
    callerNumber: "333",
    callerName: "Front Desk 3",
    calledNumber: "5550126",
  });
  expect(of("20 fields, voicemail known only by its number")).toMatchObject({ calledNumber: "1000" });
  expect(of("withheld number")).toMatchObject({ callerNumber: null });
  expect(of("outbound that never left: no such number")).toMatchObject({ calledNumber: "+12025550187" });
});

test("a number mapped to a queue is one also where records have no types", () => {
  const line = (final: string) =>
    `Call 1,0000018F2DAFD389_1,00:01:00,2024/04/30 06:27:28,2024/04/30 06:27:40,2024/04/30 06:28:40,TerminatedBySrc,5550178,Ext.960,10000,960,960,${final},,,,,Chain: 5550178;Ext.960;Ext.101;`;
  expect(factsOf([line("ReplacedDst,Ext.101,101")], ["960"])).toMatchObject({
    status: "answered",
    agentExtension: "101",
    queueNumber: "960",
    transfers: 0,
  });
  // Being picked up by the queue alone is no answer.
  expect(factsOf([line(",,")], ["960"])).toMatchObject({
    status: "abandoned",
    queueNumber: "960",
    agentExtension: null,
  });
  expect(factsOf([line(",,")])).toMatchObject({ status: "answered", queueNumber: null, agentExtension: "960" });
});

test("a mapped queue is found in the chain, also behind an apostrophe", () => {
  const line = "Call 1,0000018F2DAFD389_1,00:01:00,2024/04/30 06:27:28,2024/04/30 06:27:40,2024/04/30 06:28:40,TerminatedBySrc,5550178,Ext.800,10000,800,800,ReplacedDst,Ext.101,101,,,,,Chain: 5550178'Ext.800'Ext.960;Ext.101;,Line,Ivr,Extension,,Menu,Ana,"; // prettier-ignore
  expect(factsOf([line], ["960"])).toMatchObject({ agentExtension: "101", queueNumber: "960" });
});

test("the richer of two forms of one record is taken", () => {
  const shape = must(
    shapes.find((s) => s.name === "queue call answered by an agent"),
    "shape",
  );
  const [full] = recordsOf(shape, 3, at);
  const short = must(full, "line").split(",").slice(0, 20).join(",");
  expect(factsOf([short, must(full, "line")])).toEqual(factsOf([must(full, "line")]));
});
