import { isBlank, trimLineEnd } from "../reader/split-lines.ts";
import { longestRecord } from "../reader/read-record.ts";

const lineFeed = 10;

/**
 * Cuts a stream of bytes into lines without their ends. A record cut over packets waits for its rest. What grows past
 * any record keeps its beginning, one byte more than allowed so that the server can say what is wrong with it, and the
 * rest of that line is let go: a sender that never ends a line can't fill the memory.
 */
export class LineCutter {
  #held: Buffer[] = [];
  #length = 0;
  /** Bytes of the unfinished line as they came, those let go included. */
  pending = 0;

  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let from = 0;
    for (let feed = chunk.indexOf(lineFeed); feed >= 0; feed = chunk.indexOf(lineFeed, from)) {
      this.#hold(chunk.subarray(from, feed));
      lines.push(...this.end());
      from = feed + 1;
    }
    this.#hold(chunk.subarray(from));
    return lines;
  }

  /** The unfinished line, when nothing more comes. */
  end(): Buffer[] {
    const line = trimLineEnd(Buffer.concat(this.#held, this.#length));
    this.#held = [];
    this.#length = 0;
    this.pending = 0;
    return isBlank(line) ? [] : [line];
  }

  #hold(part: Buffer): void {
    this.pending += part.length;
    const room = longestRecord + 1 - this.#length;
    if (room <= 0 || part.length === 0) return;
    // A copy, because the stream's buffer is used again.
    const kept = Buffer.from(part.subarray(0, room));
    this.#held.push(kept);
    this.#length += kept.length;
  }
}
