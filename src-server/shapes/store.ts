import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { identity, normalised, type ShapeDefinition } from "./definition.ts";
import { syncFolder, writeDurably } from "./durable-file.ts";
import { parseLsn, formatLsn } from "./lsn.ts";
import type { Relation, Tuple } from "./pgoutput.ts";
import { type Manifest, Shape } from "./shape.ts";
import { ShapeIndex } from "./shape-index.ts";
import { SnapshotFile } from "./snapshot-file.ts";
import type { Table } from "./table.ts";

const hour = 3_600_000;

/** The shapes that are served, in memory and in `<folder>/<handle>/{shape.json,snapshot,log}`. */
export class ShapeStore {
  readonly #folder: string;
  readonly #byIdentity = new Map<string, Shape>();
  readonly #index = new ShapeIndex();
  readonly #dropped: (shape: Shape) => void;

  constructor(folder: string, dropped: (shape: Shape) => void) {
    this.#folder = folder;
    this.#dropped = dropped;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // One that was there already may be open to others: it holds rows of every tenant.
    chmodSync(folder, 0o700);
  }

  get shapes(): Iterable<Shape> {
    return this.#byIdentity.values();
  }

  get size(): number {
    return this.#byIdentity.size;
  }

  /** Takes up what an earlier server left. What never was complete, or doesn't fit the tables any more, is removed. */
  open(tables: Map<string, Table>, logs: Record<string, number>): void {
    for (const handle of readdirSync(this.#folder)) {
      const folder = join(this.#folder, handle);
      if (!statSync(folder).isDirectory()) continue;
      const shape = opened(folder, handle, tables);
      // A torn tail is cut off; what had been made to last must still be there.
      const whole = shape !== null && shape.log.bytes >= (logs[handle] ?? 0);
      if (whole && !this.#byIdentity.has(shape.identity)) this.#add(shape);
      else {
        shape?.log.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }

  find(definition: ShapeDefinition, table: Table): Shape | null {
    return this.#byIdentity.get(identity(definition, table)) ?? null;
  }

  /** A new shape with a handle that was never used before; its snapshot is still to be made. */
  create(definition: ShapeDefinition, table: Table): Shape {
    const name = identity(definition, table);
    const handle = `${name}-${Date.now().toString(36)}${randomBytes(4).toString("hex")}`;
    const folder = join(this.#folder, handle);
    mkdirSync(folder, { mode: 0o700 });
    const snapshot = new SnapshotFile(join(folder, "snapshot"), null);
    const shape = new Shape({ handle, identity: name, definition: normalised(definition), table, seen: null, snapshot, folder }); // prettier-ignore
    this.#add(shape);
    return shape;
  }

  /** The snapshot is complete: from now on the shape outlives this process. */
  async keep(shape: Shape): Promise<void> {
    const { seen } = shape;
    if (shape.gone || !seen) return;
    const manifest: Manifest = {
      definition: shape.definition,
      identity: shape.identity,
      seen: { xmin: String(seen.xmin), xmax: String(seen.xmax), inProgress: seen.inProgress.map(String), lsn: formatLsn(seen.lsn) }, // prettier-ignore
      chunks: shape.snapshot.chunks,
    };
    await writeDurably(join(shape.folder, "shape.json"), JSON.stringify(manifest));
    await syncFolder(this.#folder);
  }

  drop(shape: Shape): void {
    if (shape.gone) return;
    if (this.#byIdentity.get(shape.identity) === shape) this.#byIdentity.delete(shape.identity);
    this.#index.remove(shape);
    shape.drop();
    if (!shape.snapshot.complete) shape.snapshot.fail(new Error("the shape was dropped while its snapshot was made"));
    this.#dropped(shape);
  }

  /** Shapes that a row before or after its change may belong to. */
  candidates(relation: Relation, rows: Tuple[]): Iterable<Shape> {
    return this.#index.candidates(relation, rows);
  }

  follows(relation: Relation): boolean {
    return this.#index.follows(relation);
  }

  /** Notes that somebody reads the shape; across restarts to the hour. */
  read(shape: Shape): void {
    const before = shape.lastRead;
    shape.lastRead = Date.now();
    if (shape.lastRead - before > hour && shape.snapshot.complete)
      utimes(join(shape.folder, "shape.json"), new Date(), new Date()).catch(() => {});
  }

  close(): void {
    for (const shape of this.#byIdentity.values()) shape.log.close();
  }

  #add(shape: Shape): void {
    this.#byIdentity.set(shape.identity, shape);
    this.#index.add(shape);
  }
}

function opened(folder: string, handle: string, tables: Map<string, Table>): Shape | null {
  try {
    const path = join(folder, "shape.json");
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    const table = tables.get(manifest.definition.table);
    if (!table || identity(manifest.definition, table) !== manifest.identity) return null;
    const snapshot = new SnapshotFile(join(folder, "snapshot"), manifest.chunks);
    if (snapshot.bytes > 0 && statSync(join(folder, "snapshot")).size !== snapshot.bytes) return null;
    const { xmin, xmax, inProgress, lsn } = manifest.seen;
    const shape = new Shape({
      handle,
      identity: manifest.identity,
      definition: manifest.definition,
      table,
      seen: { xmin: BigInt(xmin), xmax: BigInt(xmax), inProgress: inProgress.map(BigInt), lsn: parseLsn(lsn) },
      snapshot,
      folder,
    });
    shape.lastRead = statSync(path).mtimeMs;
    return shape;
  } catch {
    // No manifest, or one that can't be read: the server ended before the snapshot was complete.
    return null;
  }
}
