import { join } from "node:path";
import type { Pool } from "pg";
import { must } from "#shared/kit/must.ts";
import { openPool } from "../database/pool.ts";
import type { Lsn } from "./lsn.ts";
import { continues, type Position, readPosition, writePosition } from "./position-file.ts";
import { type Cluster, ensureSlot, readCluster, slotName } from "./slot.ts";

/**
 * What the shapes on disk hold, held against what PostgreSQL still has for them. A slot belongs to the account that may replicate:
 * the one connection of its own is open only while it is asked something.
 */
export class Checkpoint {
  readonly #pool: Pool;
  readonly #path: string;
  #cluster: Cluster | null = null;
  #slot = "";
  #saved: Lsn = 0n;

  constructor(url: string, folder: string) {
    this.#pool = openPool(url, 1);
    this.#path = join(folder, "position.json");
  }

  get slot(): string {
    return this.#slot;
  }

  /** The position that was made to last. */
  get saved(): Lsn {
    return this.#saved;
  }

  /** What an earlier server left. */
  async read(): Promise<Position | null> {
    this.#slot = await slotName(this.#pool);
    return readPosition(this.#path);
  }

  /**
   * Before the stream is read: makes sure of the slot. `lost` says that it does not continue where the shapes end (`reached` is
   * how far they are in memory): then they are worth nothing, and a new count begins at the slot's position.
   */
  async resume(reached: Lsn): Promise<{ lost: boolean; position: Lsn; acknowledged: Lsn }> {
    const cluster = await readCluster(this.#pool);
    const slot = { name: this.#slot, ...(await ensureSlot(this.#pool, this.#slot)) };
    const held = await readPosition(this.#path);
    this.#cluster = cluster;
    if (held && continues(held, cluster, slot) && reached <= cluster.end)
      return { lost: false, position: held.lsn, acknowledged: slot.position };
    return { lost: true, position: slot.position, acknowledged: slot.position };
  }

  async save(lsn: Lsn, logs: Position["logs"]): Promise<void> {
    const { system, timeline } = must(this.#cluster, "the cluster");
    await writePosition(this.#path, { system, timeline, slot: this.#slot, lsn, logs });
    this.#saved = lsn;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
