import { to as copyTo } from "pg-copy-streams";
import { expect, onTestFinished, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { databaseForTest } from "../database/test-database.ts";
import type { ShapeDefinition } from "./definition.ts";
import { closed, encodeChange, keyOf, projection } from "./encode-change.ts";
import { readMessage, type Relation, type Tuple } from "./pgoutput.ts";
import { dropSlot } from "./slot.ts";
import { snapshotCopy } from "./snapshot-sql.ts";
import { readTables } from "./table.ts";

/** A column of each kind and a value that is printed in more than one way, or holds what JSON and CSV escape. */
const kinds: [type: string, value: string][] = [
  ["bool", "true"],
  ["char(6)", "'ab'"],
  ["varchar(9)", "'a,b'"],
  ["text", `e'"quoted" \\\\ back\\nnew\\tline\\x01\\x02 é ☎ 😀 \\u2028 100%'`],
  ["text", "''"],
  ["text", "null"],
  ["uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"],
  ["numeric(8,3)", "12.5"],
  ["numeric", "'NaN'"],
  ["float8", "0.1::float8 + 0.2::float8"],
  ["float4", "'-Infinity'"],
  ["int8", "9223372036854775807"],
  ["timestamptz", "'2026-03-29 02:30:00.123+01'"],
  ["timestamptz", "'infinity'"],
  ["timestamp", "'2026-03-29 02:30'"],
  ["date", "'0044-03-15 BC'"],
  ["time", "'08:00'"],
  ["interval", "'1 month -2 days 3:04:05'"],
  ["bytea", "'\\xdeadbeef'"],
  ["inet", "'10.0.0.1'"],
  ["cidr", "'10.0.0.0/8'"],
  ["json", `'{"b": 1,  "a": "x"}'`],
  ["jsonb", `'{"b": 1,  "a": "x"}'`],
  ["bool[]", "'{t,f,null}'"],
  ["text[]", `array['a"b', 'c,d', null, '']`],
  ["char(3)[]", "array['a']"],
  ["mood", "'it''s fine'"],
  ["positive", "5"],
  ["flag", "true"],
  ["point", "'(1,2)'"],
  ["int4range", "'[1,5]'"],
];

test("snapshot and stream give the same text for every kind of value", async () => {
  const { owner: pool } = await databaseForTest();
  await pool.query("create type mood as enum ('it''s fine'); create domain positive as int check (value > 0); create domain flag as bool"); // prettier-ignore
  const columns = kinds.map(([type], n) => `"c ${n} %s ""x""" ${type}`).join(", ");
  await pool.query(`create table things (a text, b int, ${columns}, primary key (b, a)); alter table things replica identity full; create publication things for table things`); // prettier-ignore
  const slot = `types_${Date.now()}`;
  await pool.query("select pg_create_logical_replication_slot($1, 'pgoutput')", [slot]);
  onTestFinished(() => dropSlot(pool, slot));
  await pool.query(`insert into things values ('one/two"', 7, ${kinds.map(([, value]) => value).join(", ")})`);

  const { rows } = await pool.query<{ data: Buffer }>(
    "select data from pg_logical_slot_get_binary_changes($1, null, null, 'proto_version', '1', 'publication_names', 'things')",
    [slot],
  );
  const messages = rows.map((r) => readMessage(r.data));
  expect(messages.map((m) => m.tag).filter((tag) => tag !== "other")).toEqual([
    "begin",
    "relation",
    "insert",
    "commit",
  ]);
  let relation: Relation | null = null;
  let row: Tuple = [];
  for (const message of messages) {
    if (message.tag === "relation") relation = message.relation;
    if (message.tag === "insert") row = message.row;
  }
  const table = must((await readTables(async (text) => (await pool.query(text)).rows, "public", ["things"])).get("things"), "things"); // prettier-ignore
  const named = must(relation, "the relation");
  expect(table.columns.map((c) => [c.name, c.oid, c.modifier])).toEqual(named.columns.map((c) => [c.name, c.type, c.modifier])); // prettier-ignore

  const definition: ShapeDefinition = {
    schema: "public",
    table: "things",
    columns: table.columns.map((c) => c.name),
    filter: null,
    order: [],
    replica: "default",
    log: "full",
  };
  const client = await pool.connect();
  const printed: Buffer[] = [];
  for await (const bytes of client.query(copyTo(snapshotCopy(definition, table)))) printed.push(bytes as Buffer);
  client.release();
  const line = Buffer.concat(printed).toString();
  expect(line.endsWith("},\n")).toBe(true);
  const snapshot = JSON.parse(line.slice(0, -2)) as { key: string; value: Record<string, string | null> };

  const where = projection(named, definition, ["b", "a"]);
  const [part] = encodeChange({ kind: "insert", row }, definition, where, named, { lsn: "1", op: 0, xid: 1 });
  const streamed = JSON.parse(closed(must(part, "the message"), true)) as typeof snapshot;
  expect(snapshot.value).toEqual(streamed.value);
  expect(snapshot.key).toBe(streamed.key);
  expect(keyOf(row, where, named)).toBe('"public"."things"/"7"/"one//two""');
  expect(snapshot.value['c 0 %s "x"']).toBe("t");
});
