import type { PoolClient } from "pg";
import { callFacts } from "./reader/call-facts.ts";
import type { CdrRecord } from "./reader/cdr-record.ts";
import { fieldOrder, type FieldOrder } from "./reader/field-order.ts";
import { legOf } from "./reader/leg.ts";
import { readRecord } from "./reader/read-record.ts";
import { writeCalls } from "./write-calls.ts";

/** What reading needs to know of a source. */
export type SourceRules = { id: string; order: FieldOrder | null; isQueue: (number: string) => boolean };

/**
 * Takes the lock under which calls of a clinic are written, until the transaction ends, and says what the source's
 * rules are. One lock a clinic: its sources share rollups, and two writers of them would block one another.
 */
export async function lockSource(client: PoolClient, sourceId: string): Promise<SourceRules | null> {
  await client.query("select pg_advisory_xact_lock(7204, hashtext(clinic_id::text)) from call_sources where id = $1", [
    sourceId,
  ]);
  const { rows } = await client.query<{ field_order: string[] | null; queues: string[] | null }>(
    `select field_order, (select array_agg(number) from queue_numbers where source_id = $1) as queues
     from call_sources where id = $1`,
    [sourceId],
  );
  const source = rows[0];
  if (!source) return null;
  const queues = new Set(source.queues);
  return { id: sourceId, order: orderOf(source.field_order), isQueue: (number) => queues.has(number) };
}

export function orderOf(names: readonly string[] | null): FieldOrder | null {
  const checked = names ? fieldOrder(names) : null;
  return checked && "order" in checked ? checked.order : null;
}

/**
 * Computes calls from all of their records and writes them: those read just now and those read before.
 * @returns how many calls were written or changed
 */
export async function computeCalls(
  client: PoolClient,
  source: SourceRules,
  fresh: Map<string, CdrRecord[]>,
): Promise<number> {
  const { rows } = await client.query<{ call_id: string; format: string; body: Buffer; field_order: string[] | null }>(
    `select call_id, format, body, field_order from raw_records
     where source_id = $1 and call_id = any ($2) and state = 'read'`,
    [source.id, [...fresh.keys()]],
  );
  const all = new Map([...fresh].map(([callId, records]) => [callId, [...records]]));
  for (const row of rows) {
    const reading = readRecord(row, orderOf(row.field_order));
    if ("record" in reading) all.get(row.call_id)?.push(reading.record);
  }
  const calls = [...all.values()]
    .filter((records) => records.length > 0)
    .map((records) => callFacts(records.map((record) => legOf(record, source.isQueue))));
  return writeCalls(client, source.id, calls);
}
