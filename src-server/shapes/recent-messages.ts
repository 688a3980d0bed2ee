import type { Slice } from "./log-file.ts";
import { compareOffsets, type Offset } from "./offset.ts";

const bound = 32 * 1024;

/** The last few messages of a log in memory, so that a live poll needs no disk. */
export class RecentMessages {
  #messages: { offset: Offset; json: Buffer }[] = [];
  #bytes = 0;
  /** Everything after this offset is here. */
  #after: Offset;

  constructor(after: Offset) {
    this.#after = after;
  }

  /** Forgets all; what comes next follows `after`. */
  reset(after: Offset): void {
    this.#messages = [];
    this.#bytes = 0;
    this.#after = after;
  }

  add(offset: Offset, json: Buffer): void {
    this.#messages.push({ offset, json });
    this.#bytes += json.length;
    let dropped = 0;
    while (this.#bytes > bound) {
      const oldest = this.#messages[dropped++];
      if (!oldest) break;
      this.#bytes -= oldest.json.length;
      this.#after = oldest.offset;
    }
    if (dropped > 0) this.#messages.splice(0, dropped);
  }

  /** What follows `after` up to `last`; null when some of it is here no longer. */
  read(after: Offset, last: Offset, size: number): Slice | null {
    if (compareOffsets(after, this.#after) < 0) return null;
    const messages: Buffer[] = [];
    let end = after;
    let taken = 0;
    for (const { offset, json } of this.#messages) {
      if (compareOffsets(offset, last) > 0 || taken >= size) break;
      if (compareOffsets(offset, after) <= 0) continue;
      messages.push(json);
      end = offset;
      taken += json.length;
    }
    return { messages, end, complete: compareOffsets(end, last) >= 0 };
  }
}
