import { type FileHandle, open, readFile } from "node:fs/promises";
import { writeAtomically } from "./write-atomically.ts";

const lineFeed = 10;
const newline = Buffer.from("\n");
/** A delivered spool that has grown past this is emptied; a small one is emptied as soon as it is delivered. */
const window = 1024 * 1024;

/** Lines at the front of the spool, and how many bytes of it they are. */
export type SpooledBatch = { lines: Buffer[]; bytes: number };

/**
 * Lines on their way to the server, in a file: one a line, in the order they came. Everything read goes here first and
 * is on the disk when `append` returns, so that a process killed at any moment has lost nothing. How far delivery came
 * is kept in a second file; a crash between the two delivers some lines again, which does no harm.
 */
export class Spool {
  readonly #file: FileHandle;
  readonly #positionPath: string;
  #size: number;
  #position: number;
  #queue: { data: Buffer; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | null = null;
  #wake: (() => void)[] = [];

  private constructor(file: FileHandle, positionPath: string, size: number, position: number) {
    this.#file = file;
    this.#positionPath = positionPath;
    this.#size = size;
    this.#position = position;
  }

  /** Opens or makes the spool. A last line that a crash of the machine has cut is left out: its end never came. */
  static async open(path: string): Promise<Spool> {
    const file = await open(path, "a+", 0o600);
    const size = await wholeLines(file);
    await file.truncate(size);
    const positionPath = `${path}.position`;
    const held = Number(await readFile(positionPath, "utf8").catch(() => "0"));
    const position = Number.isSafeInteger(held) && held >= 0 && held <= size ? held : 0;
    if (position !== held) await writeAtomically(positionPath, String(position));
    return new Spool(file, positionPath, size, position);
  }

  /** Bytes that are still to be delivered. */
  get backlog(): number {
    return this.#size - this.#position;
  }

  /** Keeps lines; they are on the disk when this returns. Calls at the same time share one write. */
  append(lines: readonly Buffer[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    const data = Buffer.concat(lines.flatMap((line) => [line, newline]));
    return new Promise((done, failed) => {
      this.#queue.push({ data, done, failed });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0);
      const data = Buffer.concat(group.map((entry) => entry.data));
      try {
        await this.#file.appendFile(data);
        await this.#file.datasync();
        this.#size += data.length;
        for (const entry of group) entry.done();
        this.wake();
      } catch (error) {
        // Half a write would stand in the way of the next one.
        await this.#file.truncate(this.#size).catch(() => {});
        for (const entry of group) entry.failed(error);
      }
    }
    this.#writing = null;
  }

  /** The next lines to deliver, at least one if there is any; null when everything is delivered. */
  async peek(mostLines: number, mostBytes: number): Promise<SpooledBatch | null> {
    if (this.backlog === 0) return null;
    for (let take = Math.min(this.backlog, mostBytes); ; take = Math.min(this.backlog, take * 2)) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(take), 0, take, this.#position);
      const lines: Buffer[] = [];
      let from = 0;
      while (lines.length < mostLines) {
        const feed = buffer.subarray(0, bytesRead).indexOf(lineFeed, from);
        if (feed < 0) break;
        lines.push(buffer.subarray(from, feed));
        from = feed + 1;
      }
      if (lines.length > 0) return { lines, bytes: from };
      if (take >= this.backlog) throw new Error("broken promise: the spool holds whole lines");
    }
  }

  /** Says that the first bytes are delivered. An empty spool gives its disk space back. */
  async advance(bytes: number): Promise<void> {
    this.#position += bytes;
    await writeAtomically(this.#positionPath, String(this.#position));
    if (this.#position < this.#size || this.#writing !== null || this.#position < window) return;
    await this.#empty();
  }

  /** Resolves when lines are there to deliver, or when the signal says stop. */
  waiting(stop: AbortSignal): Promise<void> {
    if (this.backlog > 0 || stop.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        stop.removeEventListener("abort", done);
        resolve();
      };
      stop.addEventListener("abort", done);
      this.#wake.push(done);
    });
  }

  /** Lets those who wait look again. */
  wake(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async close(): Promise<void> {
    await this.#writing;
    if (this.backlog === 0) await this.#empty();
    await this.#file.close();
  }

  async #empty(): Promise<void> {
    // In the line of writers, so that nothing is appended between the look and the cut.
    this.#writing = (async () => {
      if (this.backlog === 0) {
        // The position first: a crash in between delivers again instead of skipping what comes later.
        await writeAtomically(this.#positionPath, "0");
        await this.#file.truncate(0);
        this.#size = 0;
        this.#position = 0;
      }
      await this.#write();
    })();
    await this.#writing;
  }
}

/** Length of the file up to and with its last line feed. */
async function wholeLines(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const block = 64 * 1024;
  for (let end = size; end > 0; end -= block) {
    const from = Math.max(0, end - block);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - from), 0, end - from, from);
    const feed = buffer.subarray(0, bytesRead).lastIndexOf(lineFeed);
    if (feed >= 0) return from + feed + 1;
  }
  return 0;
}
