import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { clinicForTest } from "./fixture/clinic.ts";
import { ingest } from "./ingest.ts";
import { readWaiting } from "./read-waiting.ts";
import { recordsOf, shapes } from "./reader/fixture/shapes.ts";
import { storeRecords } from "./store-records.ts";

/** Some hundred calls of every shape; `expected` is counted from the table of shapes. */
function someDays(days = 3) {
  const plan = Array.from({ length: days * shapes.length }, (_, i) => must(shapes[i % shapes.length], "shape"));
  const lines = plan.flatMap((shape, i) => recordsOf(shape, i + 1, Date.UTC(2024, 3, 30, 6) + i * 601_000));
  const counts = new Map<string, number>();
  for (const { direction, status } of plan) {
    const key = `${direction} ${status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const sum = (value: (shape: (typeof plan)[0]) => number | null) =>
    plan.reduce((total, shape) => total + (value(shape) ?? 0), 0);
  return {
    lines,
    calls: plan.length,
    counts: Object.fromEntries(counts),
    wait: sum((s) => s.wait),
    talk: sum((s) => s.talk),
  };
}

type Clinic = Awaited<ReturnType<typeof clinicForTest>>;
async function totals({ systemPool }: Clinic) {
  const { rows } = await systemPool.query<{ key: string; count: number; wait: number; talk: number }>(
    `select call_direction || ' ' || call_status as key, count(*) as count,
       coalesce(sum(wait_seconds), 0) as wait, coalesce(sum(talk_duration_seconds), 0) as talk from calls group by 1`,
  );
  return {
    counts: Object.fromEntries(rows.map((row) => [row.key, row.count])),
    wait: rows.reduce((sum, row) => sum + row.wait, 0),
    talk: rows.reduce((sum, row) => sum + row.talk, 0),
  };
}

/** The same order of chance each time. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

test("records in random order and twice: every call once, as counted by hand", async () => {
  const clinic = await clinicForTest();
  const { lines, calls, ...expected } = someDays();
  const broken = ["Call log restarted by the administrator", "Call 5,00000C099511D2E6_51,00:01:12,2020/05/30 06:53:32"];
  const sent = shuffled([...lines, ...broken], 7);
  expect(await ingest(clinic, clinic.ids.source, ["", ...sent, "  \r"])).toEqual({
    received: sent.length,
    stored: lines.length,
    duplicates: 0,
    rejected: 2,
  });
  expect(await totals(clinic)).toEqual(expected);
  const before = await clinic.calls();
  expect(before.length).toBe(calls);

  const again = await ingest(clinic, clinic.ids.source, shuffled(sent, 8));
  expect(again).toEqual({ received: sent.length, stored: 0, duplicates: sent.length, rejected: 0 });
  // The same record twice changes nothing, not even the time of change.
  expect(await clinic.calls()).toEqual(before);
});

test("one record at a time or all at once, in any order: the same calls", async () => {
  const [one, other] = [await clinicForTest(), await clinicForTest()];
  const { lines } = someDays(1);
  await ingest(one, one.ids.source, lines);
  for (const line of shuffled(lines, 3)) await ingest(other, other.ids.source, [line]);
  const plain = async (clinic: Clinic) =>
    (await clinic.calls()).map(({ id, clinic_id, source_id, created_at, updated_at, ...call }) => {
      void [id, clinic_id, source_id, created_at, updated_at];
      return call;
    });
  expect(await plain(other)).toEqual(await plain(one));
});

test("several senders of the same records at once", async () => {
  const clinic = await clinicForTest();
  const { lines, calls: _, ...expected } = someDays();
  const answers = await Promise.all(
    [1, 2, 3, 4].map((seed) => ingest(clinic, clinic.ids.source, shuffled(lines, seed))),
  );
  expect(answers.reduce((sum, answer) => sum + answer.stored, 0)).toBe(lines.length);
  expect(answers.reduce((sum, answer) => sum + answer.duplicates, 0)).toBe(3 * lines.length);
  expect(await totals(clinic)).toEqual(expected);
});

test("a server that dies between keeping and reading reads at its next start, once", async () => {
  const clinic = await clinicForTest();
  const { lines, calls: _, ...expected } = someDays(1);
  const given = lines.map((line) => ({ format: "line" as const, body: Buffer.from(line) }));
  const stored = await storeRecords(clinic.systemPool, clinic.ids.source, given);
  expect([stored.length, (await clinic.calls()).length]).toEqual([lines.length, 0]);
  expect((await readWaiting(clinic)).size).toBe(lines.length);
  expect((await readWaiting(clinic)).size).toBe(0);
  expect(await totals(clinic)).toEqual(expected);
  // What was kept then is a duplicate now.
  expect(await ingest(clinic, clinic.ids.source, lines)).toMatchObject({ stored: 0, duplicates: lines.length });
});

test("a historyid that restarts is another call; a callid of another source too", async () => {
  const clinic = await clinicForTest();
  const shape = must(
    shapes.find((s) => s.name === "direct call answered"),
    "shape",
  );
  const first = recordsOf(shape, 14, Date.UTC(2024, 3, 30, 6));
  const afterReinstall = recordsOf(shape, 14, Date.UTC(2024, 4, 2, 6));
  await ingest(clinic, clinic.ids.source, [...first, ...afterReinstall]);
  expect((await clinic.calls()).length).toBe(2);
  const other = "00000000-0000-4000-8000-000000000009";
  await clinic.system
    .insertInto("call_sources")
    .values({ id: other, clinic_id: clinic.ids.clinic, name: "pbx-2" })
    .execute();
  await ingest(clinic, other, first);
  const calls = await clinic.calls();
  expect(new Set(calls.map((call) => call.id)).size).toBe(3);
});

test("the clinic's day and hour, also where clocks are changed", async () => {
  const clinic = await clinicForTest();
  const shape = must(
    shapes.find((s) => s.name === "direct call answered"),
    "shape",
  );
  // Detroit, 2024-03-10: 06:59 UTC is 01:59, 07:00 UTC is 03:00. 2024-11-03: 05:30 and 06:30 UTC are both 01:30.
  const starts = [
    "2024-03-10T06:59:00Z",
    "2024-03-10T07:00:00Z",
    "2024-11-03T05:30:00Z",
    "2024-11-03T06:30:00Z",
    "2024-11-04T04:59:00Z",
  ];
  await ingest(
    clinic,
    clinic.ids.source,
    starts.flatMap((start, i) => recordsOf(shape, i, Date.parse(start))),
  );
  const calls = (await clinic.calls()).sort((a, b) => (a.call_start_time < b.call_start_time ? -1 : 1));
  expect(calls.map((call) => [call.local_day, call.local_hour])).toEqual([
    ["2024-03-10", 1],
    ["2024-03-10", 3],
    ["2024-11-03", 1],
    ["2024-11-03", 1],
    ["2024-11-03", 23],
  ]);
});

test("calls are placed by queue, else by agent, else by their source; what nobody knows is unassigned", async () => {
  const clinic = await clinicForTest();
  const { ids } = clinic;
  await clinic.mapAll();
  const shape = (name: string) =>
    must(
      shapes.find((s) => s.name === name),
      name,
    );
  const send = (name: string, n: number) =>
    ingest(clinic, ids.source, recordsOf(shape(name), n, Date.UTC(2024, 3, 30, 6) + n * 1000));
  await send("queue call answered by an agent", 1);
  await send("direct call answered", 2);
  await send("20 fields, answered", 3);
  await clinic.system.updateTable("call_sources").set({ location_id: ids.south }).execute();
  await send("20 fields, the caller gave up", 4);
  const calls = await clinic.calls();
  expect(calls.map((c) => [c.queue_id, c.agent_id, c.location_id, c.agent_extension])).toEqual([
    [ids.queue, ids.ben, ids.north, "10013"],
    [null, ids.ana, ids.south, "101"],
    [null, null, null, "1000"],
    [null, null, ids.south, null],
  ]);
});

test("records nobody can read are kept with a reason: too long, NUL, ISO-8859-1 that is none", async () => {
  const clinic = await clinicForTest();
  const long = Buffer.alloc(70_000, "x");
  const records = [long, Buffer.from("Call 1\0"), Buffer.from([0xff, 0xfe, 0x41])].map((body) => ({
    format: "line" as const,
    body,
  }));
  expect(await ingest(clinic, clinic.ids.source, records)).toMatchObject({ stored: 0, rejected: 3 });
  expect(await ingest(clinic, clinic.ids.source, records)).toMatchObject({ duplicates: 3 });
  const { rows } = await clinic.systemPool.query<{ length: number; reason: string; attempts: number }>(
    "select length(body) as length, reason, attempts from raw_records order by length(body)",
  );
  expect(rows.map((row) => [row.length, row.attempts])).toEqual([
    [3, 1],
    [7, 1],
    [65_537, 1],
  ]);
  expect(rows.map((row) => row.reason)).toEqual([
    expect.stringContaining("no call record"),
    expect.stringContaining("NUL"),
    expect.stringContaining("64 KB"),
  ]);
});

test("a call that the database refuses is set aside, and the others are read", async () => {
  const clinic = await clinicForTest();
  const { lines } = someDays(1);
  await clinic.owner.query(
    "alter table calls add constraint no_such_queue check (queue_number is distinct from '960')",
  );
  const answer = await ingest(clinic, clinic.ids.source, lines);
  expect(answer).toEqual({ received: lines.length, stored: lines.length - 1, duplicates: 0, rejected: 1 });
  const { rows } = await clinic.systemPool.query<{ reason: string }>(
    "select reason from raw_records where state = 'rejected'",
  );
  expect(rows.map((row) => row.reason)).toEqual([expect.stringContaining("23514")]);
  expect((await clinic.calls()).length).toBe(shapes.length - 1);
});

test("a source that isn't there is a mistake of the caller", async () => {
  const clinic = await clinicForTest();
  await expect(ingest(clinic, clinic.ids.clinic, ["Call 1"])).rejects.toThrow("no source");
});
