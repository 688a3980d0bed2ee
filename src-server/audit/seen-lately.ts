/**
 * What was done by the same within a while is done once: the others wait for the first one's end and share it. Bounded: the
 * oldest is forgotten, which costs a second line and nothing else.
 */
export class SeenLately {
  readonly #held = new Map<string, { until: number; done: Promise<void>; repeated: number }>();
  readonly #span: number;
  readonly #most: number;
  readonly #now: () => number;

  constructor(span: number, most = 10_000, now: () => number = Date.now) {
    this.#span = span;
    this.#most = most;
    this.#now = now;
  }

  /** `work` is told how many were left out since it last ran for this key. What failed is not remembered. */
  once(key: string, work: (repeated: number) => Promise<void>): Promise<void> {
    const held = this.#held.get(key);
    if (held && held.until > this.#now()) {
      held.repeated++;
      return held.done;
    }
    const done = work(held?.repeated ?? 0);
    const entry = { until: this.#now() + this.#span, done, repeated: 0 };
    // Taken out first, so that the map's order is that of age.
    this.#held.delete(key);
    this.#held.set(key, entry);
    if (this.#held.size > this.#most) this.#held.delete(this.#held.keys().next().value ?? "");
    done.catch(() => {
      if (this.#held.get(key) === entry) this.#held.delete(key);
    });
    return done;
  }
}
