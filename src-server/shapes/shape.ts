import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ShapeDefinition } from "./definition.ts";
import { LogFile } from "./log-file.ts";
import type { Chunk, SnapshotFile } from "./snapshot-file.ts";
import type { Table } from "./table.ts";
import type { Seen } from "./visibility.ts";

/** What a shape's folder says of itself once its snapshot is complete. */
export type Manifest = {
  definition: ShapeDefinition;
  identity: string;
  seen: { xmin: string; xmax: string; inProgress: string[]; lsn: string };
  chunks: Chunk[];
};

/** One shape as it is served: a definition, its snapshot and what has happened since. Many sessions may share it. */
export class Shape {
  readonly handle: string;
  readonly identity: string;
  readonly definition: ShapeDefinition;
  readonly table: Table;
  /** Null until the snapshot's transaction has begun: till then no change concerns it. */
  seen: Seen | null;
  readonly snapshot: SnapshotFile;
  readonly log: LogFile;
  readonly folder: string;
  lastRead = Date.now();
  #gone = false;
  /** When a row first left since the snapshot: its files go on holding it. Kept across restarts by a file's time. */
  #leftAt: number | null;

  constructor(options: {
    handle: string;
    identity: string;
    definition: ShapeDefinition;
    table: Table;
    seen: Seen | null;
    snapshot: SnapshotFile;
    folder: string;
  }) {
    this.handle = options.handle;
    this.identity = options.identity;
    this.definition = options.definition;
    this.table = options.table;
    this.seen = options.seen;
    this.snapshot = options.snapshot;
    this.folder = options.folder;
    this.log = new LogFile(join(options.folder, "log"));
    this.#leftAt = statSync(join(options.folder, left), { throwIfNoEntry: false })?.mtimeMs ?? null;
  }

  /** A row was deleted, or moved out of the filter. */
  rowLeft(): void {
    if (this.#leftAt !== null || this.#gone) return;
    this.#leftAt = Date.now();
    writeFileSync(join(this.folder, left), "", { mode: 0o600 });
  }

  /** For how many milliseconds its files have held a row that is no longer its own. */
  holdsWhatLeft(now: number): number {
    return this.#leftAt === null ? 0 : now - this.#leftAt;
  }

  /** No longer served: its readers are sent to its successor. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Makes the log last; a shape that is dropped meanwhile needs it no longer. */
  async sync(): Promise<void> {
    await this.log.sync().catch((error: unknown) => {
      if (!this.#gone) throw error;
    });
  }

  drop(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.log.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const left = "left";

/** Longer than this, a log costs a new reader more than a new snapshot: the shape gets a new handle. */
export const logBound = (shape: Shape): number => Math.max(16 * 1024 * 1024, 4 * shape.snapshot.bytes);
