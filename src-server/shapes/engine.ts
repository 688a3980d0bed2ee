import type { Pool } from "pg";
import { shapeName } from "#shared/contract/sync.ts";
import { Catalog } from "./catalog.ts";
import { Checkpoint } from "./checkpoint.ts";
import { identity, servable, type ShapeDefinition } from "./definition.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { Lsn } from "./lsn.ts";
import type { Relation } from "./pgoutput.ts";
import { fits } from "./relation-fits.ts";
import { logBound, type Shape } from "./shape.ts";
import { ShapeStore } from "./store.ts";
import { takeSnapshot } from "./take-snapshot.ts";
import { createTurns } from "./turns.ts";
import { createWalReader, type WalReader } from "./wal-reader.ts";
import { Waiting } from "./waiting.ts";

export type EngineOptions = {
  url: string;
  pool: Pool;
  /** Holds `<handle>/` of each shape and `position.json`. */
  folder: string;
  log: { info: (text: string) => void; warn: (text: string) => void };
};

const publication = "careboard";
const day = 86_400_000;
const forgetUnread = 14 * day;
/** What was removed (by retention, or because it moved to another tenant) leaves the snapshots and logs on this disk within so long. */
const keepWhatLeft = 7 * day;
/** Written but not acknowledged is only re-sent after a crash: this often it is made to last. */
const syncEvery = 500;

/** Keeps the shapes in step with PostgreSQL's log: reader, dispatcher, store and disk put together. */
export class ShapeEngine {
  readonly waiting = new Waiting();
  /** Snapshots begun since the start: a restart that desks do not notice begins none. */
  snapshots = 0;
  readonly store: ShapeStore;
  readonly #options: EngineOptions;
  readonly #dispatcher: Dispatcher;
  readonly #checkpoint: Checkpoint;
  readonly #catalog: Catalog;
  readonly #turns = createTurns(3);
  #reader: WalReader | null = null;
  #timer: NodeJS.Timeout | null = null;
  #syncing: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | null = null;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#checkpoint = new Checkpoint(options.url, options.folder);
    this.#catalog = new Catalog(options.pool);
    this.store = new ShapeStore(options.folder, (shape) => this.waiting.gone(shape));
    this.#dispatcher = new Dispatcher({
      shapesFor: (relation, rows) => this.store.candidates(relation, rows),
      followed: (relation) => this.store.follows(relation),
      committed: (touched, position) => this.#committed(touched, position),
      outdated: (relation, reason) => this.#outdated(relation, reason),
    });
  }

  /** @throws when a table can't be synchronised or PostgreSQL can't be read */
  async start(): Promise<void> {
    const tables = await this.#catalog.load(publication, shapeName.options);
    const held = await this.#checkpoint.read();
    this.store.open(tables, held?.logs ?? {});
    this.#reader = createWalReader({
      url: this.#options.url,
      slot: this.#checkpoint.slot,
      publication,
      prepare: () => this.#prepare(),
      wants: (relation) => this.#dispatcher.wants(relation),
      onMessage: (message) => this.#dispatcher.handle(message),
      onIdle: (end) => this.#dispatcher.idle(end),
      onCut: () => this.#dispatcher.abort(),
      log: (text) => this.#options.log.warn(text),
    });
    await this.#reader.start();
    this.#timer = setInterval(() => this.#tick(), syncEvery);
  }

  /** Twice is once. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  async #stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.waiting.close();
    await this.#syncing;
    await this.#sync().catch(() => {});
    await this.#reader?.stop();
    this.#reader = null;
    this.store.close();
    await this.#checkpoint.close();
  }

  get position(): Lsn {
    return this.#dispatcher.position;
  }

  get slot(): string {
    return this.#checkpoint.slot;
  }

  get streaming(): boolean {
    return this.#reader?.streaming ?? false;
  }

  /** Bytes of log that PostgreSQL keeps for us. */
  get lag(): number {
    const { end = 0n, acknowledged = 0n } = this.#reader ?? {};
    return end > acknowledged ? Number(end - acknowledged) : 0;
  }

  /** The shape of a definition, made when there is none; its snapshot may still be under way. @throws when the engine doesn't run */
  async obtain(definition: ShapeDefinition): Promise<Shape> {
    await this.#catalog.settled();
    const table = this.#catalog.table(definition.table);
    if (!this.#reader) throw new Error("the shape engine does not run");
    const served = servable(definition, table);
    const held = this.store.find(served, table);
    if (held) return held;
    const shape = this.store.create(served, table);
    this.snapshots++;
    void this.#build(shape, this.#reader);
    return shape;
  }

  identityOf(definition: ShapeDefinition): string {
    const table = this.#catalog.table(definition.table);
    return identity(servable(definition, table), table);
  }

  async #build(shape: Shape, reader: WalReader): Promise<void> {
    const since = Date.now();
    try {
      await this.#turns(async () => {
        if (shape.gone) return;
        await takeSnapshot({
          pool: this.#options.pool,
          shape,
          between: (work) => reader.between(work),
          covers: (seen) => this.#dispatcher.covers(seen),
        });
        if (shape.gone) return;
        await this.store.keep(shape);
        if (!shape.gone) shape.snapshot.finish();
      });
      const { bytes } = shape.snapshot;
      this.#options.log.info(`Shape of ${shape.definition.table} made: ${bytes} bytes in ${Date.now() - since} ms.`);
    } catch (error) {
      this.#options.log.warn(`A shape of ${shape.definition.table} could not be made: ${(error as Error).message}`);
      shape.snapshot.fail(error as Error);
      this.store.drop(shape);
    }
  }

  /** Before each connection: is what lies on disk still what the slot continues? */
  async #prepare(): Promise<Lsn> {
    const { lost, position, acknowledged } = await this.#checkpoint.resume(this.#dispatcher.position);
    if (!lost) {
      this.#dispatcher.idle(position);
      return acknowledged;
    }
    if (this.store.size > 0)
      this.#options.log.warn("The log does not continue where the shapes end: every desk fetches anew.");
    for (const shape of this.store.shapes) this.store.drop(shape);
    this.#dispatcher.restart(position);
    await this.#checkpoint.save(position, {});
    return acknowledged;
  }

  #committed(touched: Shape[], position: Lsn): void {
    this.waiting.notify(touched, position);
    for (const shape of touched)
      if (shape.snapshot.complete && shape.log.bytes > logBound(shape)) this.store.drop(shape);
  }

  /** TRUNCATE names no rows, and a changed column changes all of them: the table's shapes are made anew. */
  #outdated(relation: Relation, reason: "truncated" | "altered"): void {
    for (const shape of this.store.shapes) {
      const { definition } = shape;
      if (definition.schema !== relation.schema || definition.table !== relation.table) continue;
      if (reason === "altered" && fits(shape, relation)) continue;
      this.#options.log.info(`A shape of ${relation.table} is made anew: the table was ${reason}.`);
      this.store.drop(shape);
    }
    if (reason === "altered") this.#catalog.announced(relation);
  }

  #tick(): void {
    this.#syncing = this.#syncing
      .then(() => this.#sync())
      .catch((error: unknown) => {
        this.#options.log.warn(`Shapes could not be written to disk: ${(error as Error).message}`);
      });
    const now = Date.now();
    this.waiting.sweep(now);
    for (const shape of this.store.shapes)
      if (now - shape.lastRead > forgetUnread || (shape.snapshot.complete && shape.holdsWhatLeft(now) > keepWhatLeft))
        this.store.drop(shape);
  }

  /** Makes the logs last, then the position, and only then lets PostgreSQL forget. */
  async #sync(): Promise<void> {
    const { position } = this.#dispatcher;
    const dirty = Array.from(this.store.shapes).filter((s) => s.log.dirty);
    // Between a start and the first position there is nothing to save.
    if (!this.streaming || (dirty.length === 0 && position - this.#checkpoint.saved < 65_536n)) return;
    const logs = Object.fromEntries(Array.from(this.store.shapes, (shape) => [shape.handle, shape.log.bytes]));
    await Promise.all(dirty.map((shape) => shape.sync()));
    // Another slot began meanwhile: its own position counts.
    if (this.#dispatcher.position < position) return;
    await this.#checkpoint.save(position, logs);
    this.#reader?.acknowledge(position);
  }
}
