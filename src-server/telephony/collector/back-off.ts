/** Waits between attempts: doubling up to a limit, with chance in it so that many collectors don't come back at once. */
export class BackOff {
  #attempts = 0;
  readonly #first: number;
  readonly #most: number;

  /** Both in milliseconds. */
  constructor(first = 250, most = 10_000) {
    this.#first = first;
    this.#most = most;
  }

  /** Milliseconds until the next attempt. */
  next(): number {
    const full = Math.min(this.#most, this.#first * 2 ** Math.min(this.#attempts++, 20));
    return full / 2 + (Math.random() * full) / 2;
  }

  reset(): void {
    this.#attempts = 0;
  }
}
