import { must } from "#shared/kit/must.ts";
import { type Change, closed, encodeChange, type Part, type Projection, projection } from "./encode-change.ts";
import type { Lsn } from "./lsn.ts";
import type { Relation, Tuple, WalMessage } from "./pgoutput.ts";
import type { Shape } from "./shape.ts";
import { keyColumns } from "./table.ts";
import { type Seen, shows } from "./visibility.ts";

type Open = { xid: number; commit: Lsn; op: number; touched: Map<Shape, Part | null>; skipped: Set<Shape> };

/** How many transactions are remembered to find out whether a new snapshot shows all that was dispatched before it. */
const remembered = 4096;

/**
 * Hands the stream's transactions to the shapes they concern, in commit order, as they come: nothing of a transaction is
 * held in memory but the last message of each shape. All of it is synchronous, so the socket is the only queue.
 */
export class Dispatcher {
  readonly #shapesFor: (relation: Relation, rows: Tuple[]) => Iterable<Shape>;
  readonly #followed: (relation: Relation) => boolean;
  readonly #committed: (touched: Shape[], position: Lsn) => void;
  readonly #outdated: (relation: Relation, reason: "truncated" | "altered") => void;
  #relations = new Map<number, Relation>();
  #projections = new WeakMap<Relation, Map<string, Projection>>();
  #open: Open | null = null;
  #position: Lsn = 0n;
  #recent: { xid: number; commit: Lsn }[] = [];

  constructor(options: {
    shapesFor: (relation: Relation, rows: Tuple[]) => Iterable<Shape>;
    /** Whether there is any shape of the table. */
    followed: (relation: Relation) => boolean;
    committed: (touched: Shape[], position: Lsn) => void;
    outdated: (relation: Relation, reason: "truncated" | "altered") => void;
  }) {
    this.#shapesFor = options.shapesFor;
    this.#followed = options.followed;
    this.#committed = options.committed;
    this.#outdated = options.outdated;
  }

  /** Everything that committed before this is in the logs. */
  get position(): Lsn {
    return this.#position;
  }

  get inTransaction(): boolean {
    return this.#open !== null;
  }

  /** Whether the snapshot shows every transaction that was dispatched already: a commit reaches the log a moment before others see it. */
  covers(seen: Seen): boolean {
    return this.#recent.every(({ xid, commit }) => shows({ ...seen, lsn: commit + 1n }, xid, commit));
  }

  /** The stream was cut, or a log refused: what isn't committed never was, and will come again. */
  abort(): void {
    for (const shape of this.#open?.touched.keys() ?? []) if (!shape.gone) shape.log.rollback();
    this.#open = null;
    this.#relations = new Map();
  }

  /** Another PostgreSQL, or another slot: what was known of transactions is void. */
  restart(position: Lsn): void {
    this.abort();
    this.#recent = [];
    this.#position = position;
  }

  /** Whether changes of a relation concern anybody now: while the stream stands still between two transactions, shapes may come. */
  wants(id: number): boolean {
    const relation = this.#relations.get(id);
    return relation === undefined || this.#followed(relation);
  }

  /** Nothing was committed before `end` that has not been sent. */
  idle(end: Lsn): void {
    if (!this.#open && end > this.#position) this.#position = end;
  }

  handle(message: WalMessage): void {
    switch (message.tag) {
      case "begin":
        this.#open = { ...message, op: 0, touched: new Map(), skipped: new Set() };
        return;
      case "commit":
        this.#commit(message.end);
        return;
      case "relation":
        this.#relation(message.relation);
        return;
      case "insert":
        this.#change(message.relation, { kind: "insert", row: message.row });
        return;
      case "update": {
        const old = this.#old(message);
        const row = message.row.map((v, at) => (v === undefined ? old?.[at] : v));
        this.#change(message.relation, old ? { kind: "update", old, row } : { kind: "rewrite", row });
        return;
      }
      case "delete":
        this.#change(message.relation, { kind: "delete", old: must(this.#old(message), "what is deleted") });
        return;
      case "passed":
        must(this.#open, "a transaction around the change").op += 2;
        return;
      case "truncate":
        if (this.#repeated()) return;
        for (const id of message.relations) this.#outdated(this.#known(id), "truncated");
        return;
      case "other":
    }
  }

  /** The old row as far as it was told: what is not of its identity came as null, and is unknown. */
  #old({ relation, old, keyOnly }: { relation: number; old: Tuple | null; keyOnly: boolean }): Tuple | null {
    if (!old || !keyOnly) return old;
    const { columns } = this.#known(relation);
    return old.map((value, at) => (columns[at]?.key === true ? value : undefined));
  }

  /** The stream repeats what was not acknowledged when it was cut. */
  #repeated(): boolean {
    return must(this.#open, "a transaction around the change").commit < this.#position;
  }

  #known(id: number): Relation {
    return must(this.#relations.get(id), `relation ${id} of the stream`);
  }

  #relation(relation: Relation): void {
    this.#relations.set(relation.id, relation);
    this.#outdated(relation, "altered");
  }

  #change(id: number, change: Change): void {
    const open = must(this.#open, "a transaction around the change");
    const op = open.op;
    open.op += 2;
    if (this.#repeated()) return;
    const relation = this.#known(id);
    const headers = { lsn: String(open.commit), op, xid: open.xid };
    const rows = [...("old" in change ? [change.old] : []), ...("row" in change ? [change.row] : [])];
    for (const shape of this.#shapesFor(relation, rows)) {
      if (!this.#concerns(shape, open)) continue;
      const where = this.#projection(relation, shape);
      for (const part of encodeChange(change, shape.definition, where, relation, headers)) {
        const before = open.touched.get(shape);
        if (part.deletes) shape.rowLeft();
        open.touched.set(shape, part);
        if (before) shape.log.append({ lsn: open.commit, op: before.op }, false, closed(before, false));
      }
    }
  }

  /** A transaction that the shape's snapshot or its log holds already is not told again. */
  #concerns(shape: Shape, open: Open): boolean {
    if (shape.gone || !shape.seen) return false;
    if (open.touched.has(shape)) return true;
    if (open.skipped.has(shape)) return false;
    if (shape.log.last.lsn < open.commit && !shows(shape.seen, open.xid, open.commit)) return true;
    open.skipped.add(shape);
    return false;
  }

  #projection(relation: Relation, shape: Shape): Projection {
    const held = this.#projections.get(relation) ?? new Map<string, Projection>();
    this.#projections.set(relation, held);
    const name = shape.definition.columns.join();
    const found =
      held.get(name) ??
      projection(
        relation,
        shape.definition,
        keyColumns(shape.table).map((c) => c.name),
      );
    held.set(name, found);
    return found;
  }

  #commit(end: Lsn): void {
    const open = must(this.#open, "a transaction that ends");
    const touched: Shape[] = [];
    for (const [shape, part] of open.touched) {
      if (!part || shape.gone) continue;
      shape.log.append({ lsn: open.commit, op: part.op }, true, closed(part, true));
      touched.push(shape);
    }
    for (const shape of touched) shape.log.commit();
    this.#open = null;
    if (end <= this.#position) return;
    this.#position = end;
    this.#recent.push({ xid: open.xid, commit: open.commit });
    if (this.#recent.length > remembered * 2) this.#recent = this.#recent.slice(-remembered);
    this.#committed(touched, end);
  }
}
