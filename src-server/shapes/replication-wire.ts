import type { Socket } from "node:net";
import { Client, type ClientConfig } from "pg";
import { sessionOptions } from "../database/pool.ts";
import type { Lsn } from "./lsn.ts";

/** What pg has for a replication connection, and its types don't name. */
export const wire = (client: Client) =>
  client.connection as unknown as { stream: Socket; sendCopyFromChunk: (chunk: Buffer) => void };

/** Says that all that was committed before `lsn` is written, flushed and applied; no answer is asked for. */
export function standbyStatus(lsn: Lsn): Buffer {
  const status = Buffer.alloc(34);
  status.write("r");
  for (const at of [1, 9, 17]) status.writeBigUInt64BE(lsn, at);
  // Microseconds since 2000, as PostgreSQL counts time.
  status.writeBigInt64BE((BigInt(Date.now()) - 946_684_800_000n) * 1000n, 25);
  return status;
}

/** The parts of a replication message: a heartbeat says how far the log reaches, data is a message of the plug-in. */
export type Received = { tag: "heartbeat"; end: Lsn; answer: boolean } | { tag: "data"; end: Lsn; message: Buffer };

export const received = (chunk: Buffer): Received =>
  chunk[0] === 0x6b
    ? { tag: "heartbeat", end: chunk.readBigUInt64BE(1), answer: chunk[17] === 1 }
    : { tag: "data", end: chunk.readBigUInt64BE(9), message: chunk.subarray(25) };

export const replicationClient = (url: string): Client =>
  new Client({
    connectionString: url,
    application_name: "careboard shapes",
    options: sessionOptions,
    keepAlive: true,
    // Known to pg, not to its types.
    replication: "database",
  } as ClientConfig);

/** Connects and asks for the slot's stream; `reason` resolves when it has ended. @throws when it doesn't begin */
export async function startReplication(
  client: Client,
  slot: string,
  publication: string,
): Promise<{ reason: Promise<unknown> }> {
  const ended = new Promise<Error>((resolve) => {
    client.on("error", resolve);
    client.on("end", () => resolve(new Error("PostgreSQL ended the connection")));
  });
  await client.connect();
  const started = new Promise<null>((resolve) => {
    client.connection.once("replicationStart", () => resolve(null));
  });
  const query = client.query(
    `START_REPLICATION SLOT "${slot}" LOGICAL 0/0 (proto_version '1', publication_names '${publication}')`,
  );
  const reason: Promise<unknown> = Promise.race([
    ended,
    query.then(
      () => new Error("PostgreSQL ended the stream"),
      (error: unknown) => error,
    ),
  ]);
  const failed = await Promise.race([started, reason]);
  if (failed !== null) throw failed;
  return { reason };
}
