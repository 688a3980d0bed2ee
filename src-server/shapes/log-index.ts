import { compareOffsets, type Offset } from "./offset.ts";

type Mark = { offset: Offset; at: number };

const every = 64 * 1024;

/** Offset and place in the file of one frame every 64 kB: where a search in a log begins. */
export class LogIndex {
  readonly #marks: Mark[] = [];
  #uncommitted: Mark[] = [];

  /** A frame of this offset begins at `at`. */
  note(offset: Offset, at: number): void {
    const before = this.#uncommitted.at(-1) ?? this.#marks.at(-1);
    if (!before || at - before.at >= every) this.#uncommitted.push({ offset, at });
  }

  commit(): void {
    if (this.#uncommitted.length === 0) return;
    this.#marks.push(...this.#uncommitted);
    this.#uncommitted = [];
  }

  rollback(): void {
    this.#uncommitted = [];
  }

  /** Where to look for what follows an offset. */
  before(offset: Offset): number {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const mark = this.#marks[middle];
      if (mark && compareOffsets(mark.offset, offset) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.#marks[Math.max(0, low - 1)]?.at ?? 0;
  }
}
