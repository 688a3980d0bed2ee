import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { Member } from "#shared/access/member.ts";
import { claims } from "../database/claims.ts";
import { memberRole } from "../database/member-role.ts";
import { computeCalls, lockSource } from "./compute-calls.ts";
import { inTransaction } from "./in-transaction.ts";

type Mapping = {
  sourceId: string;
  /** As it stands in records, without `Ext.`. */
  number: string;
  /** The agent or queue; null takes the mapping away. */
  targetId: string | null;
};

/**
 * Says whose extension this is, and fills in the calls held so far. Answers how many calls changed.
 *
 * The mapping is written under the person's own rights. The calls are placed by the server: nobody may write those, and
 * a person who configures phone systems need not see each of them.
 */
export const mapExtension = (systemPool: Pool, who: Member, mapping: Mapping): Promise<number> =>
  inTransaction(systemPool, async (client) => {
    await lockSource(client, mapping.sourceId);
    await asMember(client, who, () => keep(client, "agent_extensions", "extension", "agent_id", mapping));
    return place(client, "agent_extension", mapping);
  });

/**
 * Says which queue this number is, and fills in the calls held so far. Records without types did not say that the
 * number is a queue: calls that ran through it are read again, because it was taken for an extension.
 */
export const mapQueueNumber = (systemPool: Pool, who: Member, mapping: Mapping): Promise<number> =>
  inTransaction(systemPool, async (client) => {
    await lockSource(client, mapping.sourceId);
    await asMember(client, who, () => keep(client, "queue_numbers", "number", "queue_id", mapping));
    const placed = await place(client, "queue_number", mapping);
    return placed + (mapping.targetId === null ? 0 : await readAgain(client, mapping));
  });

/** For a part of the server's transaction: an error ends the whole of it, so that the role need not be given back then. */
async function asMember(client: PoolClient, who: Member, work: () => Promise<void>): Promise<void> {
  const become = "select set_config('careboard.claims', $1, true), set_config('role', $2, true)";
  await client.query(become, [JSON.stringify(claims(who)), memberRole(who)]);
  await work();
  await client.query(become, ["", "careboard_server"]);
}

async function keep(
  client: PoolClient,
  table: "agent_extensions" | "queue_numbers",
  column: "extension" | "number",
  target: "agent_id" | "queue_id",
  { sourceId, number, targetId }: Mapping,
): Promise<void> {
  if (targetId === null) {
    await client.query(`delete from ${table} where source_id = $1 and ${column} = $2`, [sourceId, number]);
    return;
  }
  await client.query(
    `insert into ${table} (id, clinic_id, source_id, ${column}, ${target})
     select $4, clinic_id, id, $2, $3 from call_sources where id = $1
     on conflict (source_id, ${column}) do update set ${target} = excluded.${target}`,
    [sourceId, number, targetId, randomUUID()],
  );
}

/** Puts calls of a number where the mappings say now. */
async function place(
  client: PoolClient,
  column: "agent_extension" | "queue_number",
  mapping: Mapping,
): Promise<number> {
  const { rowCount } = await client.query(
    `update calls set agent_id = placed.agent_id, queue_id = placed.queue_id, location_id = placed.location_id, updated_at = now()
     from (
       select held.id, agent.id as agent_id, queue.id as queue_id,
         coalesce(queue.location_id, agent.location_id, source.location_id) as location_id
       from calls as held
       join call_sources as source on source.id = held.source_id
       left join queue_numbers on queue_numbers.source_id = source.id and queue_numbers.number = held.queue_number
       left join queues as queue on queue.id = queue_numbers.queue_id
       left join agent_extensions on agent_extensions.source_id = source.id and agent_extensions.extension = held.agent_extension
       left join agents as agent on agent.id = agent_extensions.agent_id
       where held.source_id = $1 and held.${column} = $2
     ) as placed
     where calls.id = placed.id
       and (calls.agent_id, calls.queue_id, calls.location_id) is distinct from (placed.agent_id, placed.queue_id, placed.location_id)`,
    [mapping.sourceId, mapping.number],
  );
  return rowCount ?? 0;
}

const together = 1000;

/** Calls whose records name the number but which were not counted to it. */
async function readAgain(client: PoolClient, { sourceId, number }: Mapping): Promise<number> {
  const source = await lockSource(client, sourceId);
  if (!source) return 0;
  const { rows } = await client.query<{ call_id: string }>(
    `select distinct raw_records.call_id from raw_records
     join calls on calls.source_id = raw_records.source_id and calls.call_id = raw_records.call_id
     where raw_records.source_id = $1 and raw_records.state = 'read' and calls.queue_number is distinct from $2
       and position(convert_to('Ext.' || $2, 'UTF8') in raw_records.body) > 0`,
    [sourceId, number],
  );
  let changed = 0;
  for (let from = 0; from < rows.length; from += together)
    changed += await computeCalls(
      client,
      source,
      new Map(rows.slice(from, from + together).map((row) => [row.call_id, []])),
    );
  return changed;
}
