import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, read, readSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { assert } from "#shared/kit/assert.ts";
import { decodeFrame, encodeFrame } from "./frame.ts";
import { LogIndex } from "./log-index.ts";
import { compareOffsets, endOfSnapshot, type Offset } from "./offset.ts";
import { RecentMessages } from "./recent-messages.ts";

const readAsync = promisify(read);
const syncAsync = promisify(fdatasync);

/** Messages that follow an offset, up to a bound; `end` is the offset of the last one; `complete`: nothing committed follows. */
export type Slice = { messages: Buffer[]; end: Offset; complete: boolean };

const writeAt = 256 * 1024;
const leastRead = 64 * 1024;

/**
 * A shape's changes on disk, appended in commit order. Messages of a transaction are written as they come and count only
 * once it has ended: readers see whole transactions' worth, a crash in the middle leaves a tail that is cut off at open.
 * Everything is written at once (into the system's cache); `sync` makes it last, and only then may PostgreSQL forget it.
 */
export class LogFile {
  readonly #fd: number;
  readonly #index = new LogIndex();
  readonly #recent = new RecentMessages(endOfSnapshot);
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;
  #committed = 0;
  #dirty = false;
  #closed = false;
  #users = 0;
  #last: Offset = endOfSnapshot;
  #uncommitted: Offset | null = null;

  /** @throws when the file can't be opened */
  constructor(path: string) {
    this.#fd = openSync(path, "a+", 0o600);
    this.#recover();
  }

  /** The last committed message's offset; the end of the snapshot when there is none. */
  get last(): Offset {
    return this.#last;
  }

  get bytes(): number {
    return this.#committed;
  }

  append(offset: Offset, last: boolean, json: string): void {
    assert(!this.#closed, "a closed log takes nothing");
    const frame = encodeFrame(offset, last, json);
    const at = this.#written + this.#pendingBytes;
    this.#index.note(offset, at);
    this.#pending.push(frame);
    this.#pendingBytes += frame.length;
    this.#uncommitted = offset;
    this.#recent.add(offset, frame.subarray(frame.length - Buffer.byteLength(json)));
    if (this.#pendingBytes >= writeAt) this.#write();
  }

  /** The transaction has ended: what was appended counts. */
  commit(): void {
    if (!this.#uncommitted) return;
    this.#write();
    this.#committed = this.#written;
    this.#last = this.#uncommitted;
    this.#index.commit();
    this.#uncommitted = null;
    this.#dirty = true;
  }

  /** What was appended since the last commit never was. */
  rollback(): void {
    if (!this.#uncommitted && this.#written === this.#committed) return;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#uncommitted = null;
    this.#index.rollback();
    this.#recent.reset(this.#last);
    ftruncateSync(this.#fd, this.#committed);
    this.#written = this.#committed;
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  async sync(): Promise<void> {
    this.#dirty = false;
    try {
      await this.#using(() => syncAsync(this.#fd));
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#users === 0) closeSync(this.#fd);
  }

  /** The file stays open while it is read: its number would go to the next file opened, maybe another clinic's. */
  async #using<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the shape's log is closed");
    this.#users++;
    try {
      return await work();
    } finally {
      this.#users--;
      if (this.#closed && this.#users === 0) closeSync(this.#fd);
    }
  }

  async read(after: Offset, bound: number): Promise<Slice> {
    if (compareOffsets(after, this.#last) >= 0) return { messages: [], end: after, complete: true };
    const recent = this.#recent.read(after, this.#last, bound);
    if (recent) return recent;
    return this.#using(() => this.#readFile(after, bound));
  }

  async #readFile(after: Offset, bound: number): Promise<Slice> {
    const committed = this.#committed;
    const messages: Buffer[] = [];
    let end = after;
    let size = 0;
    let at = this.#index.before(after);
    while (at < committed && size < bound) {
      const bytes = Buffer.allocUnsafe(Math.min(Math.max(bound, leastRead), committed - at));
      const { bytesRead } = await readAsync(this.#fd, bytes, 0, bytes.length, at);
      let next = 0;
      for (;;) {
        const found = decodeFrame(bytes.subarray(0, bytesRead), next);
        if (found === "broken") throw new Error("a shape's log was damaged after it had been written");
        if (found === null) break;
        next = found.next;
        if (compareOffsets(found.frame.offset, after) <= 0) continue;
        messages.push(found.frame.json);
        end = found.frame.offset;
        size += found.frame.json.length;
        if (size >= bound) break;
      }
      // A frame longer than the window: widen it to the whole frame.
      if (next === 0) bound = Math.max(bound, bytes.readUInt32BE(0) + 64);
      at += next;
    }
    return { messages, end, complete: compareOffsets(end, this.#last) >= 0 };
  }

  #write(): void {
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.concat(this.#pending, this.#pendingBytes);
    for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done);
    this.#written += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /** Walks the frames, and cuts off what was torn or never committed. */
  #recover(): void {
    const size = fstatSync(this.#fd).size;
    let window = 4 * 1024 * 1024;
    let at = 0;
    walk: while (at < size) {
      const bytes = Buffer.allocUnsafe(Math.min(window, size - at));
      readSync(this.#fd, bytes, 0, bytes.length, at);
      let next = 0;
      for (;;) {
        const found = decodeFrame(bytes, next);
        if (found === "broken") break walk;
        if (found === null) break;
        this.#index.note(found.frame.offset, at + next);
        next = found.next;
        if (!found.frame.last) continue;
        this.#last = found.frame.offset;
        this.#committed = at + next;
        this.#index.commit();
      }
      if (next === 0) {
        if (at + bytes.length >= size) break;
        window *= 2;
      }
      at += next;
    }
    if (this.#committed < size) ftruncateSync(this.#fd, this.#committed);
    this.#index.rollback();
    this.#written = this.#committed;
    this.#recent.reset(this.#last);
  }
}
