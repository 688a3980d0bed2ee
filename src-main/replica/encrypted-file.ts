import { closeSync, fstatSync, fsyncSync, readSync, writeSync } from "node:fs";
import type { KeyObject } from "node:crypto";
import { blockSize } from "./encrypted-block.ts";
import { encodeHead, type Head, headSize } from "./encrypted-head.ts";
import type { ReplicaKeys } from "./encrypted-keys.ts";

/** What a file knows of itself when it is opened. */
export type OpenedFile = {
  name: string;
  fd: number;
  head: Head;
  keys: ReplicaKeys;
  /** False for what needs not survive a crash: then nothing waits for the disk. */
  durable: boolean;
  /** Makes the error for a file that isn't as it was written, and makes it known. */
  damaged: (name: string, what: string) => Error;
};

/**
 * A file that is encrypted block by block. How blocks lie in it, and what a crash may leave of them, is for the two kinds
 * (encrypted-once.ts, encrypted-twice.ts); here is what they share.
 *
 * **Length.** A head that says how long the file is would be wrong after a crash, or cost a second fsync at each write. So it
 * says how long the file is *at least*: it is raised after an fsync has brought the blocks to the disk, and lowered, itself on the
 * disk, before the file is made shorter. Whenever the process or the machine stops, the head never says more than is there, and a
 * file shorter than its head was cut. What lies beyond the head's length was never promised to be on the disk: a crash may have left
 * half of it, so when the file is next opened it is kept as far as it authenticates, and the rest counts as never written.
 */
export abstract class EncryptedFile {
  /** Relative to the folder. */
  name: string;
  readonly fd: number;
  /** How many streams have it open. */
  users = 0;
  size = 0;
  protected readonly head: Head;
  protected readonly key: KeyObject;
  protected readonly durable: boolean;
  /** The highest version written (only where a block has two places). */
  protected version = 0;
  readonly #opened: OpenedFile;
  readonly #one = Buffer.alloc(blockSize);

  constructor(opened: OpenedFile) {
    this.#opened = opened;
    this.name = opened.name;
    this.fd = opened.fd;
    this.head = opened.head;
    this.durable = opened.durable;
    this.version = opened.head.version;
    this.key = opened.keys.fileKey(opened.head.id);
  }

  /** Fills `into`, a whole number of blocks that all are in the file. */
  protected abstract readBlocks(first: number, into: Uint8Array): void;
  /** Writes a whole number of blocks. `end` is the file's size after it. */
  protected abstract writeBlocks(first: number, from: Uint8Array, end: number): void;
  /** Makes the file longer, by zeros. */
  protected abstract grow(size: number): void;
  /** Makes the file shorter; its head says so already. */
  protected abstract cut(size: number): void;
  /** Before an fsync. */
  protected abstract settle(): void;

  read(into: Uint8Array, at: number): number {
    const length = Math.max(0, Math.min(into.length, this.size - at));
    for (let done = 0; done < length;) {
      const from = (at + done) % blockSize;
      const block = (at + done - from) / blockSize;
      const whole = from === 0 ? length - done - ((length - done) % blockSize) : 0;
      if (whole > 0) this.readBlocks(block, into.subarray(done, done + whole));
      else this.readBlocks(block, this.#one);
      const some = Math.min(blockSize - from, length - done);
      if (whole === 0) into.set(this.#one.subarray(from, from + some), done);
      done += whole || some;
    }
    return length;
  }

  write(data: Uint8Array, at: number): number {
    if (data.length === 0) return 0;
    if (at > this.size) this.grow(at);
    for (let done = 0; done < data.length;) {
      const from = (at + done) % blockSize;
      const block = (at + done - from) / blockSize;
      const whole = from === 0 ? data.length - done - ((data.length - done) % blockSize) : 0;
      const some = whole || Math.min(blockSize - from, data.length - done);
      const end = Math.max(this.size, at + done + some);
      if (whole > 0) this.writeBlocks(block, data.subarray(done, done + whole), end);
      else {
        if (block * blockSize < this.size) this.readBlocks(block, this.#one);
        else this.#one.fill(0);
        this.#one.set(data.subarray(done, done + some), from);
        this.writeBlocks(block, this.#one, end);
      }
      this.size = end;
      done += some;
    }
    return data.length;
  }

  truncate(size: number): void {
    if (size === this.size) return;
    if (size > this.size) return this.grow(size);
    if (this.head.length > size) {
      this.head.length = size;
      this.writeHead();
      if (this.durable) fsyncSync(this.fd);
    }
    this.cut(size);
    this.size = size;
  }

  /**
   * Brings everything to the disk, and then lets the head say so. That the head itself is on the disk is not waited for.
   * @param ifNeeded only when the head doesn't vouch for everything yet
   */
  sync(ifNeeded = false): void {
    if (ifNeeded && this.#vouched()) return;
    this.settle();
    if (this.durable) fsyncSync(this.fd);
    if (this.#vouched()) return;
    this.head.length = this.size;
    this.head.version = this.version;
    this.writeHead();
  }

  /** As it is: what no fsync brought to the disk is not vouched for. */
  close(): void {
    closeSync(this.fd);
  }

  /** Says in the head that the file is, or will be, called otherwise. @param wait until that is on the disk */
  rename(name: Buffer, nextName: Buffer, wait: boolean): void {
    this.head.name = name;
    this.head.nextName = nextName;
    this.writeHead();
    if (wait && this.durable) fsyncSync(this.fd);
  }

  #vouched(): boolean {
    return this.head.length === this.size && this.head.version === this.version;
  }

  protected writeHead(): void {
    writeWhole(this.fd, encodeHead(this.head, this.#opened.keys), 0);
  }

  protected damaged(what: string): Error {
    return this.#opened.damaged(this.name, what);
  }

  /** Bytes on the disk after the head. */
  protected stored(): number {
    return Math.max(0, fstatSync(this.fd).size - headSize);
  }
}

/** Reads up to `length` bytes; what the file doesn't have is zero. */
export function readWhole(fd: number, into: Buffer, length: number, at: number): number {
  let got = 0;
  while (got < length) {
    const n = readSync(fd, into, got, length - got, at + got);
    if (n === 0) break;
    got += n;
  }
  into.fill(0, got, length);
  return got;
}

export function writeWhole(fd: number, from: Buffer, at: number): void {
  for (let put = 0; put < from.length;) put += writeSync(fd, from, put, from.length - put, at + put);
}
