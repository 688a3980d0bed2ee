import type { Lsn } from "./lsn.ts";

/** A table as the stream announces it, in the order in which its values come. */
export type Relation = { id: number; schema: string; table: string; identity: string; columns: RelationColumn[] };
/** `key`: the column is part of the replica identity, so its old value is told. */
export type RelationColumn = { name: string; type: number; modifier: number; key: boolean };

/** Values as text; undefined is a value that was not sent: a long one that did not change, or an old one outside the identity. */
export type Tuple = (string | null | undefined)[];

export type WalMessage =
  | { tag: "begin"; commit: Lsn; xid: number }
  | { tag: "commit"; commit: Lsn; end: Lsn }
  | { tag: "relation"; relation: Relation }
  | { tag: "insert"; relation: number; row: Tuple }
  /** `old` is null where the identity is less than the row and did not change. `keyOnly`: only its identity was sent, the rest is null. */
  | { tag: "update"; relation: number; old: Tuple | null; keyOnly: boolean; row: Tuple }
  | { tag: "delete"; relation: number; old: Tuple; keyOnly: boolean }
  /** A change of a row of a table that nobody follows: it counts, and is not read. */
  | { tag: "passed" }
  | { tag: "truncate"; relations: number[] }
  // Origin, type and logical messages: nothing here depends on them.
  | { tag: "other" };

/**
 * Reads one message of the `pgoutput` plug-in, protocol version 1, text values
 * (https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html).
 * The strings are copies: the buffer may be reused. Rows of a relation that is not `wanted` are passed over unread.
 *
 * @throws RangeError when the message ends too early
 */
export function readMessage(buffer: Buffer, wanted: (relation: number) => boolean = () => true): WalMessage {
  const reader = new Reader(buffer);
  const tag = String.fromCharCode(reader.byte());
  switch (tag) {
    case "B": {
      const commit = reader.long();
      reader.long();
      return { tag: "begin", commit, xid: reader.int() };
    }
    case "C":
      reader.byte();
      return { tag: "commit", commit: reader.long(), end: reader.long() };
    case "R":
      return { tag: "relation", relation: readRelation(reader) };
    case "I": {
      const relation = reader.int();
      if (!wanted(relation)) return { tag: "passed" };
      reader.byte();
      return { tag: "insert", relation, row: readTuple(reader) };
    }
    case "U": {
      const relation = reader.int();
      if (!wanted(relation)) return { tag: "passed" };
      // "O" is the whole old row (identity full), "K" its key alone, "N" says that no old row was sent.
      const kind = reader.byte();
      const keyOnly = kind === 0x4b;
      if (kind === 0x4e) return { tag: "update", relation, old: null, keyOnly, row: readTuple(reader) };
      const old = readTuple(reader);
      reader.byte();
      return { tag: "update", relation, old, keyOnly, row: readTuple(reader) };
    }
    case "D": {
      const relation = reader.int();
      if (!wanted(relation)) return { tag: "passed" };
      const keyOnly = reader.byte() === 0x4b;
      return { tag: "delete", relation, old: readTuple(reader), keyOnly };
    }
    case "T": {
      const count = reader.int();
      reader.byte();
      return { tag: "truncate", relations: Array.from({ length: count }, () => reader.int()) };
    }
    default:
      return { tag: "other" };
  }
}

function readRelation(reader: Reader): Relation {
  const id = reader.int();
  const schema = reader.text();
  const table = reader.text();
  const identity = String.fromCharCode(reader.byte());
  const columns = Array.from({ length: reader.short() }, () => {
    const key = (reader.byte() & 1) === 1;
    return { name: reader.text(), type: reader.int(), modifier: reader.int() | 0, key };
  });
  return { id, schema, table, identity, columns };
}

function readTuple(reader: Reader): Tuple {
  const count = reader.short();
  const tuple: Tuple = Array.from({ length: count });
  for (let at = 0; at < count; at++) {
    const kind = reader.byte();
    if (kind === 0x6e) tuple[at] = null;
    else if (kind === 0x75) tuple[at] = undefined;
    else tuple[at] = reader.string(reader.int());
  }
  return tuple;
}

class Reader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  byte(): number {
    return this.#buffer.readUInt8(this.#at++);
  }

  short(): number {
    this.#at += 2;
    return this.#buffer.readUInt16BE(this.#at - 2);
  }

  int(): number {
    this.#at += 4;
    return this.#buffer.readUInt32BE(this.#at - 4);
  }

  long(): bigint {
    this.#at += 8;
    return this.#buffer.readBigUInt64BE(this.#at - 8);
  }

  /** Text that ends in a zero byte. */
  text(): string {
    const end = this.#buffer.indexOf(0, this.#at);
    if (end < 0) throw new RangeError("a name in the stream has no end");
    const text = this.#buffer.toString("utf8", this.#at, end);
    this.#at = end + 1;
    return text;
  }

  string(length: number): string {
    const end = this.#at + length;
    if (end > this.#buffer.length) throw new RangeError("a value in the stream is cut off");
    const text = this.#buffer.toString("utf8", this.#at, end);
    this.#at = end;
    return text;
  }
}
