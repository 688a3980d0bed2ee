import type { ShapeStream } from "@electric-sql/client";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Pool } from "pg";
import { tableAccess } from "#shared/access/table-access.ts";
import { type TestClinic, testCalls, testClinic, testMember } from "./test-clinic.ts";
import { engineForTest, rowsOf } from "./test-engine.ts";

type Held = Record<string, string | null>;

/** What the table holds for the clinic, every value as text, as the shape should have it. */
async function table(pool: Pool, clinic: TestClinic): Promise<Held[]> {
  const columns = tableAccess.calls.desk.map((c) => `concat(${c}) as ${c}, ${c} is null as "null ${c}"`);
  const { rows } = await pool.query<Record<string, string | boolean>>(
    `select ${columns.join(", ")} from calls where clinic_id = $1`,
    [clinic.clinic],
  );
  return sorted(
    rows.map((row) =>
      Object.fromEntries(tableAccess.calls.desk.map((c) => [c, row[`null ${c}`] ? null : String(row[c])])),
    ),
  );
}

/** What a desk that takes every message at its word would stumble over: inserts of rows it has, changes of rows it hasn't. */
function strictly(stream: ShapeStream<Held>): string[] {
  const wrong: string[] = [];
  const keys = new Set<string>();
  stream.subscribe((messages) => {
    for (const message of messages) {
      if (message.headers.control === "must-refetch") keys.clear();
      if (!("key" in message)) continue;
      const { operation } = message.headers;
      if ((operation === "insert") === keys.has(message.key)) wrong.push(`${operation} ${message.key}`);
      if (operation === "delete") keys.delete(message.key);
      else keys.add(message.key);
    }
  });
  return wrong;
}

const sorted = (rows: Held[]) => rows.sort((a, b) => String(a.id).localeCompare(String(b.id)));
const asText = { int2: String, int4: String, bool: (v: string) => v } as unknown as Record<
  string,
  (v: string) => string
>;

const step = fc.record({
  what: fc.constantFrom("insert", "update", "delete", "move", "rekey", "wide"),
  of: fc.integer({ min: 1, max: 40 }),
});
const transaction = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), commits: fc.boolean(), other: fc.boolean() }); // prettier-ignore

test("whatever is written while a snapshot is made, the shape ends as the table", async () => {
  const engine = await engineForTest();
  const [north, south] = [await testClinic(engine.pool, "north"), await testClinic(engine.pool, "south")];
  let next = 100;
  const act = async (query: Pool["query"], { what, of }: { what: string; of: number }) => {
    const one = `id = (select id from calls where clinic_id = '${north.clinic}' order by id limit 1 offset ${of % 7})`;
    const to = what === "move" && of % 2 === 0 ? north : south;
    if (what === "insert") await testCalls({ query } as unknown as Pool, of % 4 === 0 ? south : north, next, next++);
    if (what === "update") await query(`update calls set transfer_count = transfer_count + ${of}, end_reason = ${of % 3 === 0 ? "null" : `'r${of}'`} where ${one}`); // prettier-ignore
    if (what === "delete") await query(`delete from calls where ${one}`);
    if (what === "move") await query(`update calls set clinic_id = '${to.clinic}' where id = (select id from calls order by id desc limit 1 offset ${of % 5})`); // prettier-ignore
    if (what === "rekey") await query(`update calls set id = gen_random_uuid() where ${one}`);
    if (what === "wide") await query(`update calls set caller_name = repeat(md5('${of}'), 200) where ${one}`);
  };
  const write = async (plan: { steps: { what: string; of: number }[]; commits: boolean }[]) => {
    for (const { steps, commits } of plan) {
      const client = await engine.pool.connect();
      try {
        await client.query("begin; set local deadlock_timeout = '20ms'");
        for (const s of steps) await act(client.query.bind(client), s);
        await client.query(commits ? "commit" : "rollback");
      } catch {
        // Two writers met (a deadlock): one of them is rolled back, as in life.
        await client.query("rollback");
      } finally {
        client.release();
      }
    }
  };
  await testCalls(engine.pool, north, 1, 40);
  await testCalls(engine.pool, south, 41, 60);

  await fc.assert(
    fc.asyncProperty(
      fc.array(transaction, { maxLength: 12 }),
      fc.array(transaction, { maxLength: 12 }),
      async (one, two) => {
        // Truncating changes the handle: each run makes its snapshot while the writers are at work.
        await engine.pool.query("truncate calls cascade");
        await testCalls(engine.pool, north, 1, 40);
        const controller = new AbortController();
        const writing = Promise.all([write(one), write(two)]);
        const stream = engine.stream<Held>(testMember(north), "calls", { parser: asText, signal: controller.signal });
        const wrong = strictly(stream);
        const early = rowsOf(stream, () => true);
        await writing;
        await early;
        // The last commit: when the shape shows it, it must show all that came before.
        const mark = String(next++);
        await testCalls(engine.pool, north, Number(mark), Number(mark));
        const rows = await rowsOf(stream, (held) => held.some((r) => r.call_id === mark));
        controller.abort();
        expect(sorted([...rows])).toEqual(await table(engine.pool, north));
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});

test("a transaction larger than any buffer arrives whole and in order", async () => {
  const engine = await engineForTest();
  const clinic = await testClinic(engine.pool, "north");
  const stream = engine.stream<Held>(testMember(clinic), "calls", { parser: asText });
  await rowsOf(stream, (held) => held.length === 0);
  await testCalls(engine.pool, clinic, 1, 8000);
  await rowsOf(stream, (held) => held.length === 8000);
  await engine.pool.query("update calls set transfer_count = 3");
  const rows = await rowsOf(stream, (held) => held.every((r) => r.transfer_count === "3"));
  expect(sorted([...rows])).toEqual(await table(engine.pool, clinic));
});
