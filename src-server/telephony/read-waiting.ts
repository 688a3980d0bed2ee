import type { Pool, PoolClient } from "pg";
import { computeCalls, lockSource } from "./compute-calls.ts";
import { inTransaction } from "./in-transaction.ts";
import { inTurn, type Turns } from "./in-turn.ts";
import type { CdrRecord } from "./reader/cdr-record.ts";
import { readRecord } from "./reader/read-record.ts";

/** What became of raw records, by their ids. */
export type ReadStates = Map<number, "read" | "rejected">;

const batch = 2000;

/** Reads what every source still holds unread: after a server that died between keeping and reading. */
export async function readWaiting(database: { systemPool: Pool }): Promise<ReadStates> {
  const { rows } = await database.systemPool.query<{ source_id: string }>(
    "select distinct source_id from raw_records where state = 'waiting'",
  );
  const states: ReadStates = new Map();
  for (const { source_id } of rows)
    for (const [id, state] of await readWaitingOf(database.systemPool, source_id)) states.set(id, state);
  return states;
}

const turns = new WeakMap<Pool, Turns<ReadStates>>();

/**
 * Reads all records of a source that wait when this is called, whoever stored them: calls, rollups and marks in one
 * transaction a batch. The answer tells at least of those that no other reader has read meanwhile.
 */
export function readWaitingOf(pool: Pool, sourceId: string): Promise<ReadStates> {
  const held = turns.get(pool) ?? new Map();
  turns.set(pool, held);
  return inTurn(held, sourceId, () => readAll(pool, sourceId));
}

async function readAll(pool: Pool, sourceId: string): Promise<ReadStates> {
  const states: ReadStates = new Map();
  for (;;) {
    const read = await readBatch(pool, sourceId, null);
    for (const [id, state] of read) states.set(id, state);
    if (read.size < batch) return states;
  }
}

type Waiting = { id: number; format: string; body: Buffer };

async function readBatch(pool: Pool, sourceId: string, only: number[] | null): Promise<ReadStates> {
  let held: number[] = [];
  try {
    return await inTransaction(pool, async (client) => {
      const source = await lockSource(client, sourceId);
      if (!source) return new Map();
      const { rows } = await client.query<Waiting>(
        `select id, format, body from raw_records where source_id = $1 and state = 'waiting'
           and ($2::bigint[] is null or id = any ($2)) order by id limit ${batch}`,
        [sourceId, only],
      );
      held = rows.map((row) => row.id);
      const marks: Mark[] = [];
      const fresh = new Map<string, CdrRecord[]>();
      for (const row of rows) {
        const reading = readRecord(row, source.order);
        if ("reason" in reading) {
          marks.push({ id: row.id, state: "rejected", reason: reading.reason });
          continue;
        }
        const { record, configured } = reading;
        const records = fresh.get(record.callId);
        if (records) records.push(record);
        else fresh.set(record.callId, [record]);
        marks.push({
          id: row.id,
          state: "read",
          reason: record.notes.join(" ") || null,
          call_id: record.callId,
          history_id: record.historyId.slice(0, 64) || null,
          field_order: configured ? source.order : null,
        });
      }
      await computeCalls(client, source, fresh);
      await mark(client, marks);
      return new Map(marks.map(({ id, state }) => [id, state]));
    });
  } catch (error) {
    if (!isDataError(error) || held.length === 0) throw error;
    return apart(pool, sourceId, held, error);
  }
}

/** A record that the database refuses must not hold up the others: the batch is halved until the one is found and set aside. */
async function apart(pool: Pool, sourceId: string, ids: number[], error: unknown): Promise<ReadStates> {
  const [first] = ids;
  if (ids.length === 1 && first !== undefined) {
    const reason = `It reads as a call that the database refuses (${(error as { code: string }).code}): tell whoever maintains Careboard.`;
    await inTransaction(pool, (client) => mark(client, [{ id: first, state: "rejected", reason }]));
    return new Map([[first, "rejected"]]);
  }
  const middle = Math.ceil(ids.length / 2);
  const states: ReadStates = new Map();
  for (const half of [ids.slice(0, middle), ids.slice(middle)])
    for (const [id, state] of await readBatch(pool, sourceId, half)) states.set(id, state);
  return states;
}

/** Classes 22 and 23: the data itself; everything else (a lost connection, a full disk) passes when it is tried again. */
const isDataError = (error: unknown): boolean => /^2[23]/.test((error as { code?: string }).code ?? "");

type Mark = {
  id: number;
  state: "read" | "rejected";
  reason: string | null;
  call_id?: string;
  history_id?: string | null;
  field_order?: readonly string[] | null;
};

async function mark(client: PoolClient, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return;
  await client.query(
    `update raw_records
     set state = given.state, reason = given.reason, call_id = given.call_id, history_id = given.history_id,
       attempts = attempts + (given.state = 'rejected')::integer,
       field_order = (select array_agg(name order by place) from json_array_elements_text(given.field_order) with ordinality as f (name, place))
     from json_to_recordset($1::json) as given (
       id bigint, state text, reason text, call_id text, history_id text, field_order json
     )
     where raw_records.id = given.id`,
    [JSON.stringify(marks)],
  );
}
