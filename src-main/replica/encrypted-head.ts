import type { ReplicaKeys } from "./encrypted-keys.ts";

/** What stands at the beginning of every file of a replica, authenticated as a whole. */
export type Head = {
  /** 16 random bytes: the file's key comes of them. */
  id: Buffer;
  /** How many places a block has: see encrypted-once.ts and encrypted-twice.ts. */
  places: 1 | 2;
  /** The file has at least this many bytes: it had them on the disk when this was written. */
  length: number;
  /** The highest version that had reached the disk (only where a block has two places). */
  version: number;
  /** The file's name, and the one it is about to get: a rename is two steps, and a crash may come between them. */
  name: Buffer;
  nextName: Buffer;
};

/** A head fills a sector and more is never in it: it is written whole or not at all, as PostgreSQL counts on for its own control file. */
export const headSize = 512;
const magic = Buffer.from("careB\x01\r\n");
const tagAt = 96;
/** What of it is written. The rest of the sector is zero. */
const written = 128;

export function encodeHead(head: Head, keys: ReplicaKeys): Buffer {
  const bytes = Buffer.alloc(written);
  magic.copy(bytes, 0);
  keys.check.copy(bytes, 8);
  head.id.copy(bytes, 24);
  bytes[40] = head.places;
  bytes.writeUIntLE(head.length, 48, 6);
  bytes.writeUIntLE(head.version, 56, 6);
  head.name.copy(bytes, 64);
  head.nextName.copy(bytes, 80);
  keys.headTag(bytes.subarray(0, tagAt)).copy(bytes, tagAt);
  return bytes;
}

/** What the first bytes of a file are: a head; clear text (no head at all); another key's head; or a head that was changed. */
export function decodeHead(bytes: Buffer, keys: ReplicaKeys): Head | "clear" | "otherKey" | "changed" {
  if (bytes.length < magic.length || !bytes.subarray(0, 8).equals(magic)) return "clear";
  if (bytes.length < headSize) return "changed";
  if (!bytes.subarray(8, 24).equals(keys.check)) return "otherKey";
  if (!keys.headTag(bytes.subarray(0, tagAt)).equals(bytes.subarray(tagAt, written))) return "changed";
  if (bytes.subarray(written, headSize).some((b) => b !== 0)) return "changed";
  return {
    id: Buffer.from(bytes.subarray(24, 40)),
    places: bytes[40] === 2 ? 2 : 1,
    length: bytes.readUIntLE(48, 6),
    version: bytes.readUIntLE(56, 6),
    name: Buffer.from(bytes.subarray(64, 80)),
    nextName: Buffer.from(bytes.subarray(80, 96)),
  };
}
