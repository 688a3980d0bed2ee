import { createRouterClient } from "@orpc/server";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";
import { must } from "#shared/kit/must.ts";
import { clinicForTest } from "../telephony/fixture/clinic.ts";
import { ingest } from "../telephony/ingest.ts";
import { fieldNames, type FieldName } from "../telephony/reader/field-name.ts";
import { recordsOf, shapes } from "../telephony/reader/fixture/shapes.ts";
import { contextForTest } from "./context-for-test.ts";
import { rawLines } from "./raw-lines.ts";
import { telephonyHandlers } from "./telephony.ts";

const at = Date.UTC(2024, 3, 30, 6);
const shape = (name: string) =>
  must(
    shapes.find((s) => s.name === name),
    name,
  );

async function office() {
  const clinic = await clinicForTest();
  const { ids } = clinic;
  const as = (role: Role, clinicId = ids.clinic, agentId: string | null = null) => {
    const member: Member = {
      userId: randomUUID(),
      sessionId: randomUUID(),
      deviceId: null,
      organizationId: ids.organization,
      email: "sam@clinic.example",
      displayName: "Sam",
      roles: [{ clinicId, role, agentId, locationIds: [ids.north, ids.south] }],
    };
    const context = contextForTest(clinic, member);
    return createRouterClient({ ...telephonyHandlers, rawLines }, { context });
  };
  return { ...clinic, as, admin: as("clinic_admin") };
}
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

test("only who configures the clinic's phone systems may", async () => {
  const { as, ids } = await office();
  const supervisor = as("supervisor");
  const stranger = as("superadmin", randomUUID());
  await expect(supervisor.sources()).rejects.toEqual(refusal("FORBIDDEN"));
  expect(await stranger.sources()).toEqual([]);
  const mapping = { sourceId: ids.source, number: "101", targetId: ids.ana };
  for (const [who, code] of [
    [supervisor, "FORBIDDEN"],
    [stranger, "NOT_FOUND"],
  ] as const) {
    await expect(who.rejected({ clinicId: ids.clinic })).rejects.toEqual(refusal(code));
    await expect(who.retry({ clinicId: ids.clinic })).rejects.toEqual(refusal(code));
    await expect(who.extensions({ clinicId: ids.clinic })).rejects.toEqual(refusal(code));
    await expect(who.queueNumbers({ clinicId: ids.clinic })).rejects.toEqual(refusal(code));
    await expect(who.setExtension(mapping)).rejects.toEqual(refusal(code));
    await expect(who.setQueueNumber(mapping)).rejects.toEqual(refusal(code));
    await expect(who.setFieldOrder({ sourceId: ids.source, fieldOrder: null })).rejects.toEqual(refusal(code));
  }
  await expect(supervisor.rejected({})).rejects.toEqual(refusal("FORBIDDEN"));
  expect(await stranger.rejected({})).toEqual({ records: [], nextCursor: null, total: 0 });
});

const send = (clinic: Awaited<ReturnType<typeof office>>, name: string, n: number) =>
  ingest(clinic, clinic.ids.source, recordsOf(shape(name), n, at + n * 60_000));

test("a mapping fills in the calls held so far, and taking it away empties them", async () => {
  const clinic = await office();
  const { admin, ids, calls } = clinic;
  await send(clinic, "queue call answered by an agent", 1);
  await send(clinic, "queue picks up, the caller gives up waiting", 2);
  await send(clinic, "direct call answered", 3);
  const seen = { sourceId: ids.source, targetId: null };
  expect(await admin.extensions({ clinicId: ids.clinic })).toEqual([
    { ...seen, number: "10013", calls: 1 },
    { ...seen, number: "101", calls: 1 },
  ]);
  expect(await admin.queueNumbers({ clinicId: ids.clinic })).toEqual([{ ...seen, number: "80002", calls: 2 }]);

  const map = (number: string, targetId: string | null) => ({ sourceId: ids.source, number, targetId });
  expect(await admin.setExtension(map("Ext.101", ids.ana))).toEqual({ calls: 1 });
  expect(await admin.setExtension(map("101", ids.ana))).toEqual({ calls: 0 });
  expect(await admin.setQueueNumber(map("80002", ids.queue))).toEqual({ calls: 2 });
  const placed = async () => (await calls()).map((call) => [call.queue_id, call.agent_id, call.location_id]);
  expect(await placed()).toEqual([
    [ids.queue, null, ids.north],
    [ids.queue, null, ids.north],
    [null, ids.ana, ids.south],
  ]);
  // The same as when the mapping had been there before the calls came.
  expect(await admin.extensions({ clinicId: ids.clinic })).toContainEqual({ ...map("101", ids.ana), calls: 1 });
  expect(await admin.setQueueNumber(map("80002", null))).toEqual({ calls: 2 });
  expect(await admin.setExtension(map("101", null))).toEqual({ calls: 1 });
  expect(await placed()).toEqual([
    [null, null, null],
    [null, null, null],
    [null, null, null],
  ]);

  await expect(admin.setExtension(map("101", ids.queue))).rejects.toEqual(refusal("BAD_REQUEST"));
  await expect(admin.setQueueNumber(map("80002", randomUUID()))).rejects.toEqual(refusal("BAD_REQUEST"));
});

test("a queue that records without types don't name as one is found in the calls held so far", async () => {
  const clinic = await office();
  const { admin, ids, calls } = clinic;
  const line = (n: number, rest: string) =>
    `Call ${n},0000018F2DAFD389_${n},00:01:00,2024/04/30 06:27:28,2024/04/30 06:27:40,2024/04/30 06:28:40,TerminatedBySrc,5550178,Ext.960,10000,960,960,${rest}`;
  await ingest(clinic, ids.source, [
    line(1, "ReplacedDst,Ext.101,101,,,,,Chain: 5550178;Ext.960;Ext.101;"),
    line(2, ",,,,,,,Chain: 5550178;Ext.960;"),
  ]);
  const told = async () =>
    (await calls()).map((call) => [call.call_status, call.agent_extension, call.queue_id, call.transfer_count]);
  expect(await told()).toEqual([
    ["answered", "101", null, 1],
    ["answered", "960", null, 0],
  ]);
  expect(await admin.setQueueNumber({ sourceId: ids.source, number: "960", targetId: ids.queue })).toEqual({
    calls: 2,
  });
  expect(await told()).toEqual([
    ["answered", "101", ids.queue, 0],
    ["abandoned", null, ids.queue, 0],
  ]);
});

test("the rejected list in pages, and reading it again with the right field order", async () => {
  const clinic = await office();
  const { admin, ids } = clinic;
  const [plain] = recordsOf(shape("queue call answered by an agent"), 1, at);
  const pieces = must(plain, "line").replace("Call ", "").split(",");
  // An order that nobody else uses: without numbers of ends, and the times first.
  const order: FieldName[] = ["time-start", "time-answered", "time-end", "reason-terminated", "callid", "from-no", "to-no", "final-number", "from-type", "to-type", "final-type"]; // prettier-ignore
  const value = (name: FieldName) => pieces[fieldNames.indexOf(name)];
  const odd = order.map(value).join(",");
  await ingest(clinic, ids.source, [odd, "nonsense 1", "nonsense 2"]);
  const page = await admin.rejected({ clinicId: ids.clinic, limit: 2 });
  expect([page.total, page.records.length]).toEqual([3, 2]);
  const rest = await admin.rejected({ limit: 2, cursor: must(page.nextCursor, "cursor") });
  expect([rest.records.length, rest.nextCursor]).toEqual([1, null]);
  const all = [...page.records, ...rest.records];
  expect(all.map((record) => record.body).sort()).toEqual([odd, "nonsense 1", "nonsense 2"].sort());
  expect(all[0]).toMatchObject({ source: "pbx", attempts: 1, clinicId: ids.clinic });
  await expect(admin.rejected({ cursor: "x" })).rejects.toEqual(refusal("BAD_REQUEST"));

  expect(await admin.retry({ clinicId: ids.clinic })).toEqual({ read: 0, rejected: 3 });
  await expect(admin.setFieldOrder({ sourceId: ids.source, fieldOrder: ["callid"] })).rejects.toEqual(
    refusal("BAD_REQUEST"),
  );
  const spelled = order.map((name) => name.replaceAll("-", "_"));
  expect(await admin.setFieldOrder({ sourceId: ids.source, fieldOrder: spelled })).toEqual({ fieldOrder: order });
  const nonsense = all.filter((record) => record.body !== odd).map((record) => record.id);
  expect(await admin.retry({ clinicId: ids.clinic, ids: nonsense })).toEqual({ read: 0, rejected: 2 });
  expect(await admin.retry({ clinicId: ids.clinic })).toEqual({ read: 1, rejected: 2 });
  expect(await clinic.calls()).toMatchObject([{ call_status: "answered", agent_extension: "10013", wait_seconds: 8 }]);
  expect((await admin.rejected({})).records.map((record) => record.attempts)).toEqual([4, 4]);

  // Taking the order away again must not turn the line into another call when one more record of it comes.
  await admin.setFieldOrder({ sourceId: ids.source, fieldOrder: null });
  const [more] = recordsOf(shape("direct call answered"), 1, at + 600_000);
  await ingest(clinic, ids.source, [must(more, "line").replace(/,[0-9A-F]{16}_1,/, `,${value("callid")},`)]);
  expect(await clinic.calls()).toMatchObject([{ call_status: "answered", agent_extension: "101", wait_seconds: 8 }]);
});

test("sources say when they were last heard of, and how much of them is unread", async () => {
  const clinic = await office();
  const { admin, ids } = clinic;
  const source = { id: ids.source, clinicId: ids.clinic, name: "pbx", kind: "3cx", fieldOrder: null };
  expect(await admin.sources()).toEqual([{ ...source, lastReceivedAt: null, waiting: 0, rejected: 0 }]);
  await send(clinic, "direct call answered", 1);
  await ingest(clinic, ids.source, ["nonsense"]);
  expect(await admin.sources()).toEqual([
    { ...source, lastReceivedAt: expect.stringMatching(/Z$/) as string, waiting: 0, rejected: 1 },
  ]);
});

test("the lines behind a call, for who may see the call and who called", async () => {
  const clinic = await office();
  const { as, ids } = clinic;
  await clinic.mapAll();
  const lines = recordsOf(shape("direct call answered"), 1, at);
  await ingest(clinic, ids.source, lines);
  const id = must((await clinic.calls())[0], "call").id;
  for (const who of [as("supervisor"), as("call_center_agent", ids.clinic, ids.ana), clinic.admin])
    expect((await who.rawLines({ id })).map((record) => record.body)).toEqual(lines);
  for (const who of [as("call_center_agent", ids.clinic, ids.ben), as("superadmin", randomUUID())])
    await expect(who.rawLines({ id })).rejects.toEqual(refusal("NOT_FOUND"));
  for (const who of [as("viewer"), as("provider"), as("board")])
    await expect(who.rawLines({ id })).rejects.toEqual(refusal("FORBIDDEN"));
});
