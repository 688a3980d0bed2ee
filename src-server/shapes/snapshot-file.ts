import { open, type FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { must } from "#shared/kit/must.ts";

/** A chunk's place in the snapshot's file: whole messages, each followed by a comma and a line feed. */
export type Chunk = { at: number; length: number; crc: number };

export const chunkBytes = 1024 * 1024;

/**
 * A shape's snapshot on disk, while it is being written and after. A chunk can be read as soon as it stands; who asks for one
 * that doesn't yet waits for it. It ends `complete`, or `failed` with the reason.
 */
export class SnapshotFile {
  readonly #path: string;
  readonly chunks: Chunk[];
  #state: "writing" | "complete" | { failed: Error };
  #waiting: (() => void)[] = [];

  constructor(path: string, held: Chunk[] | null) {
    this.#path = path;
    this.chunks = held ?? [];
    this.#state = held ? "complete" : "writing";
  }

  get complete(): boolean {
    return this.#state === "complete";
  }

  get bytes(): number {
    const last = this.chunks.at(-1);
    return last ? last.at + last.length : 0;
  }

  /** Cuts `lines` into chunks at line ends and makes them last. */
  async write(lines: AsyncIterable<Buffer>): Promise<void> {
    const file = await open(this.#path, "w", 0o600);
    try {
      let held: Buffer[] = [];
      let size = 0;
      for await (const bytes of lines) {
        held.push(bytes);
        size += bytes.length;
        if (size < chunkBytes) continue;
        const cut = bytes.lastIndexOf(0x0a) + 1;
        if (cut === 0) continue;
        held[held.length - 1] = bytes.subarray(0, cut);
        await this.#seal(file, held);
        held = [bytes.subarray(cut)];
        size = bytes.length - cut;
      }
      if (size > 0) await this.#seal(file, held);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  async #seal(file: FileHandle, parts: Buffer[]): Promise<void> {
    // The shape was dropped meanwhile: the rest of the rows is not wanted.
    if (typeof this.#state === "object") throw this.#state.failed;
    const bytes = Buffer.concat(parts);
    const at = this.bytes;
    await file.appendFile(bytes);
    this.chunks.push({ at, length: bytes.length, crc: crc32(bytes) });
    this.#wake();
  }

  finish(): void {
    this.#state = "complete";
    this.#wake();
  }

  fail(error: Error): void {
    this.#state = { failed: error };
    this.#wake();
  }

  /** Waits until chunk `number` stands or the snapshot has ended. @throws the reason when it failed */
  async ready(number: number): Promise<void> {
    while (this.#state === "writing" && this.chunks.length <= number)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    if (typeof this.#state === "object") throw this.#state.failed;
  }

  /** The messages of a chunk, without the last comma. @throws when the file was damaged */
  async read(number: number): Promise<Buffer> {
    const chunk = must(this.chunks[number], "the chunk that was waited for");
    const file = await open(this.#path, "r");
    try {
      const bytes = Buffer.allocUnsafe(chunk.length);
      await file.read(bytes, 0, chunk.length, chunk.at);
      if (crc32(bytes) !== chunk.crc) throw new Error("a shape's snapshot was damaged on disk");
      return bytes.subarray(0, chunk.length - 2);
    } finally {
      await file.close();
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
