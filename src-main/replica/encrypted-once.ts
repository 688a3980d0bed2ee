import { ftruncateSync } from "node:fs";
import { blockSize, sealBlock, sealedSize, unsealBlock } from "./encrypted-block.ts";
import { EncryptedFile, type OpenedFile, readWhole, writeWhole } from "./encrypted-file.ts";
import { headSize } from "./encrypted-head.ts";

/** So many blocks go to the disk at once; PostgreSQL reads as many. */
const together = 16;
const scratch = Buffer.alloc(together * sealedSize);
const zeros = Buffer.alloc(blockSize);
const aside = Buffer.alloc(sealedSize);
const placeOf = (block: number) => headSize + block * sealedSize;

/**
 * A file of a table or an index: each block has one place and is written over where it lies.
 *
 * A crash in the middle of that leaves a block that doesn't authenticate. PostgreSQL never reads it again: before a block
 * of a table goes to the disk for the first time after a checkpoint, its whole image is in the log (full_page_writes; for mere
 * hints too, because data checksums are on), and recovery puts the image in place without reading what was there. So a block
 * that is read and doesn't authenticate was changed by somebody else.
 */
export class OnceFile extends EncryptedFile {
  readonly #bound = Buffer.alloc(24);
  /** Blocks the file was made longer by and that were not written yet: PostgreSQL makes room by the dozen. */
  readonly #empty = new Set<number>();

  constructor(opened: OpenedFile) {
    super(opened);
    this.head.id.copy(this.#bound, 0);
    const stored = this.stored();
    const promised = this.head.length / blockSize;
    const blocks = Math.floor(stored / sealedSize);
    if (blocks < promised) throw this.damaged(`has ${blocks} blocks of ${promised}: it was cut`);
    if (stored % sealedSize > 0) ftruncateSync(this.fd, placeOf(blocks));
    this.size = blocks * blockSize;
    // What a crash left beyond the promised length counts as far as it is whole.
    for (let block = promised; block < blocks; block++) if (!this.#isWhole(block)) this.#empty.add(block);
  }

  protected override readBlocks(first: number, into: Uint8Array): void {
    const count = into.length / blockSize;
    for (let done = 0; done < count; done += together) {
      const some = Math.min(together, count - done);
      readWhole(this.fd, scratch, some * sealedSize, placeOf(first + done));
      for (let i = 0; i < some; i++) {
        const block = first + done + i;
        if (this.#empty.has(block)) into.fill(0, (done + i) * blockSize, (done + i + 1) * blockSize);
        else {
          const clear = unsealBlock(this.key, this.#bind(block), scratch, i * sealedSize);
          if (!clear) throw this.damaged(`block ${block} is not what was written`);
          into.set(clear, (done + i) * blockSize);
        }
      }
    }
  }

  protected override writeBlocks(first: number, from: Uint8Array, end: number): void {
    if (end % blockSize !== 0) throw new Error(`${this.name} is written in whole blocks, not to ${end}`);
    const count = from.length / blockSize;
    for (let done = 0; done < count; done += together) {
      const some = Math.min(together, count - done);
      for (let i = 0; i < some; i++) {
        const clear = from.subarray((done + i) * blockSize, (done + i + 1) * blockSize);
        sealBlock(this.key, this.#bind(first + done + i), clear, scratch, i * sealedSize);
      }
      writeWhole(this.fd, scratch.subarray(0, some * sealedSize), placeOf(first + done));
    }
    if (this.#empty.size > 0) for (let i = 0; i < count; i++) this.#empty.delete(first + i);
  }

  protected override grow(size: number): void {
    if (size % blockSize !== 0) throw new Error(`${this.name} grows by whole blocks, not to ${size}`);
    for (let block = this.size / blockSize; block < size / blockSize; block++) this.#empty.add(block);
    ftruncateSync(this.fd, placeOf(size / blockSize));
    this.size = size;
  }

  protected override cut(size: number): void {
    if (size % blockSize !== 0) throw new Error(`${this.name} is cut by whole blocks, not to ${size}`);
    for (const block of this.#empty) if (block >= size / blockSize) this.#empty.delete(block);
    ftruncateSync(this.fd, placeOf(size / blockSize));
  }

  /** Room that was made and not used is vouched for like everything else, so it must be zeros that authenticate. */
  protected override settle(): void {
    for (const block of this.#empty) this.writeBlocks(block, zeros, this.size);
  }

  #isWhole(block: number): boolean {
    readWhole(this.fd, aside, sealedSize, placeOf(block));
    return unsealBlock(this.key, this.#bind(block), aside, 0) !== null;
  }

  #bind(block: number): Buffer {
    this.#bound.writeUIntLE(block, 16, 6);
    return this.#bound;
  }
}
