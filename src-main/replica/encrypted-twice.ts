import { ftruncateSync } from "node:fs";
import { blockSize, sealBlock, sealedSize, unsealBlock } from "./encrypted-block.ts";
import { EncryptedFile, type OpenedFile, readWhole, writeWhole } from "./encrypted-file.ts";
import { headSize } from "./encrypted-head.ts";

/** A place: stamp, sealed block, 4 zeros, the stamp again. A multiple of 8, so that no sector's end ever cuts a stamp. */
const stampSize = 8;
const tailAt = stampSize + sealedSize + 4;
const placeSize = tailAt + stampSize;
const pairSize = 2 * placeSize;
const pairAt = (block: number) => headSize + block * pairSize;
/** Versions further ahead of the last promised one than could be written between two fsyncs are no versions. */
const ahead = 2 ** 24;
const together = 32;
const scratch = Buffer.alloc(together * pairSize);
const place = Buffer.alloc(placeSize);
const zeros = Buffer.alloc(blockSize);
const plain = Buffer.alloc(blockSize);

/**
 * Every file that is no table or index: the log, the control file, transactions' states, maps of free room. Each block has two
 * places: one holds the version that the last fsync brought to the disk, and what is written goes to the other one until the next.
 *
 * PostgreSQL writes the last block of its log anew with each commit, and trusts that the bytes that were there stay the
 * same. Encrypted, all of them change: a write that is torn in the middle would take with it the acknowledged commits of the
 * block. With two places the last version stays untouched until the next one is whole. PostgreSQL's log ends at the first block that isn't
 * what should come next, so an older version of a block that was never fsynced is just what it expects after a crash.
 *
 * A place has its version before and after it. At opening a place that doesn't authenticate is the trace of a torn write only
 * if its version is above the highest one that an fsync brought to the disk (the head says which); then it is made good by
 * the other one. Below, it is damage. A damaged stamp is told from a torn write by the block between, which still authenticates with
 * one of the two.
 */
export class TwiceFile extends EncryptedFile {
  readonly #bound = Buffer.alloc(32);
  /** By block: which place holds the newest version; 0 for neither. */
  #newest = new Uint8Array(16);
  /** Blocks whose newest version no fsync has brought to the disk yet: it may be written over, the other place may not. */
  readonly #fresh = new Set<number>();

  constructor(opened: OpenedFile) {
    super(opened);
    this.head.id.copy(this.#bound, 0);
    const pairs = Math.ceil(this.stored() / pairSize);
    let ended = false;
    for (let first = 0; first < pairs && !ended; first += together) {
      const some = Math.min(together, pairs - first);
      readWhole(this.fd, scratch, some * pairSize, pairAt(first));
      for (let i = 0; i < some && !ended; i++) ended = !this.#adopt(first + i, scratch.subarray(i * pairSize, (i + 1) * pairSize)); // prettier-ignore
    }
    if (this.size < this.head.length)
      throw this.damaged(`has ${this.size} bytes of ${this.head.length}: it was cut, or its last blocks are damaged`);
    ftruncateSync(this.fd, Math.min(this.stored() + headSize, pairAt(Math.ceil(this.size / blockSize))));
    // What a crash left is kept from now on, before anything is written over.
    this.sync(true);
  }

  protected override readBlocks(first: number, into: Uint8Array): void {
    for (let done = 0; done * blockSize < into.length; done++) {
      const block = first + done;
      const which = this.#newest[block] ?? 0;
      if (which > 0) readWhole(this.fd, place, placeSize, pairAt(block) + (which - 1) * placeSize);
      const stamp = readStamp(place, 0);
      const clear = which > 0 && sameStamps(place) ? this.#unseal(block, place, 0) : null;
      if (
        !clear ||
        stamp.used < Math.min(blockSize, this.size - block * blockSize) ||
        place.readUInt32LE(tailAt - 4) !== 0
      )
        throw this.damaged(`block ${block} is not what was written`);
      into.set(clear, done * blockSize);
    }
  }

  protected override writeBlocks(first: number, from: Uint8Array, end: number): void {
    for (let done = 0; done * blockSize < from.length; done++) {
      const block = first + done;
      const used = Math.min(blockSize, end - block * blockSize);
      this.#write(block, from.subarray(done * blockSize, (done + 1) * blockSize), used);
    }
  }

  protected override grow(size: number): void {
    const rest = this.size % blockSize;
    if (rest > 0) this.write(zeros.subarray(0, Math.min(blockSize - rest, size - this.size)), this.size);
    while (this.size < size) this.write(zeros.subarray(0, Math.min(blockSize, size - this.size)), this.size);
  }

  protected override cut(size: number): void {
    const blocks = Math.ceil(size / blockSize);
    if (size % blockSize > 0) {
      this.readBlocks(blocks - 1, plain);
      this.#write(blocks - 1, plain.fill(0, size % blockSize), size % blockSize);
    }
    this.#newest.fill(0, blocks);
    for (const block of this.#fresh) if (block >= blocks) this.#fresh.delete(block);
    ftruncateSync(this.fd, Math.min(this.stored() + headSize, pairAt(blocks)));
  }

  protected override settle(): void {}

  override sync(ifNeeded?: boolean): void {
    super.sync(ifNeeded);
    this.#fresh.clear();
  }

  #write(block: number, clear: Uint8Array, used: number): void {
    const newest = this.#newest[block] ?? 0;
    const which = this.#fresh.has(block) ? newest : 3 - (newest || 2);
    place.writeUIntLE(++this.version, 0, 6);
    place.writeUInt16LE(used, 6);
    place.fill(0, tailAt - 4, tailAt);
    place.copy(place, tailAt, 0, stampSize);
    sealBlock(this.key, this.#bind(block, place, 0), clear, place, stampSize);
    writeWhole(this.fd, place, pairAt(block) + (which - 1) * placeSize);
    this.#note(block, which);
    this.#fresh.add(block);
  }

  /** Finds the newest version of a block in the bytes of its two places. @returns false when the file ends before it */
  #adopt(block: number, pair: Buffer): boolean {
    const promised = block * blockSize < this.head.length;
    let newest = { which: 0, version: 0, used: 0 };
    let torn = 0;
    for (const which of [1, 2]) {
      const bytes = pair.subarray((which - 1) * placeSize, which * placeSize);
      const state = this.#judge(block, bytes, promised);
      const { version, used } = readStamp(bytes, 0);
      if (state === "torn") torn = which;
      if (state === "whole" && version > newest.version) newest = { which, version, used };
    }
    this.version = Math.max(this.version, newest.version);
    if (newest.which === 0) {
      if (promised) throw this.damaged(`block ${block} is missing: the file was cut or damaged`);
      return false;
    }
    if (this.size % blockSize > 0) return false;
    this.#note(block, newest.which);
    this.size = block * blockSize + newest.used;
    if (torn > 0) {
      this.readBlocks(block, plain);
      this.#write(block, plain, newest.used);
    }
    return true;
  }

  /** @param promised false: the block was cut off or never reached the disk, and nothing that is left of it is a wonder */
  #judge(block: number, bytes: Buffer, promised: boolean): "whole" | "torn" | "empty" {
    const head = readStamp(bytes, 0);
    const tail = readStamp(bytes, tailAt);
    const last = Math.max(head.version, tail.version);
    if (last === 0 && head.used === 0 && tail.used === 0) return "empty";
    const same = sameStamps(bytes);
    if (same && promised && head.version <= this.head.version) return "whole";
    if (same && this.#unseal(block, bytes, 0)) return "whole";
    if (!promised) return "torn";
    if (this.#unseal(block, bytes, 0) || this.#unseal(block, bytes, tailAt))
      throw this.damaged(`block ${block} has a damaged stamp`);
    if (last <= this.head.version || last > this.head.version + ahead)
      throw this.damaged(`block ${block} is not what was written`);
    this.version = Math.max(this.version, last);
    return "torn";
  }

  #unseal(block: number, bytes: Buffer, stampAt: number): Buffer | null {
    return unsealBlock(this.key, this.#bind(block, bytes, stampAt), bytes, stampSize);
  }

  #bind(block: number, stamped: Buffer, stampAt: number): Buffer {
    this.#bound.writeUIntLE(block, 16, 6);
    stamped.copy(this.#bound, 24, stampAt, stampAt + stampSize);
    return this.#bound;
  }

  #note(block: number, which: number): void {
    if (block >= this.#newest.length) {
      const more = new Uint8Array(Math.max(block + 1, this.#newest.length * 2));
      more.set(this.#newest);
      this.#newest = more;
    }
    this.#newest[block] = which;
  }
}

function readStamp(bytes: Buffer, at: number): { version: number; used: number } {
  return { version: bytes.readUIntLE(at, 6), used: bytes.readUInt16LE(at + 6) };
}

const sameStamps = (bytes: Buffer) => bytes.compare(bytes, tailAt, tailAt + stampSize, 0, stampSize) === 0;
