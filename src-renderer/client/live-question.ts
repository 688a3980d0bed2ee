import type { ShapeName } from "#shared/contract/sync.ts";
import { deskError, type DeskError } from "./desk-error.ts";

export type Live<T> = {
  /** The last answer to this very question; undefined before the first. */
  data: T | undefined;
  /** Why the last asking gave no answer; null when it did. Data from before stays beside it. */
  error: DeskError | null;
  /** The data shown is older than what the desk holds, because asking again failed or isn't possible. */
  stale: boolean;
  /** There is no answer yet, and one is on its way. */
  loading: boolean;
};
export type Ask<T> = (signal: AbortSignal) => Promise<T>;
/** What the desk is at: `mark` moves whenever a question over these tables may have a new answer. */
export type Surroundings = { mark(tables: readonly ShapeName[]): string; reachable(): boolean };

const pause = 150;
const longestPause = 2_000;

/**
 * One question and its last answer. Asked when somebody looks at it and its surroundings have moved since the last asking; at most one
 * asking is under way. After a change it waits 150 ms, or as long as the last answer took where that was longer (2 s at most), so that rows arriving in
 * many small batches cost one asking each pause and not one each batch. The pause isn't prolonged by further changes: a stream of rows
 * that never rests must not keep a tile from moving.
 */
export class LiveQuestion<T> {
  readonly everyMinute: boolean;
  readonly #tables: readonly ShapeName[];
  readonly #around: Surroundings;
  readonly #watchers = new Set<() => void>();
  #ask: Ask<T>;
  #view: Live<T> = { data: undefined, error: null, stale: false, loading: true };
  #askedAt: string | null = null;
  #underWay: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #took = 0;
  /** A minute struck, or somebody asked for it: ask although nothing moved. */
  #due = false;

  constructor(ask: Ask<T>, tables: readonly ShapeName[], everyMinute: boolean, around: Surroundings) {
    this.#ask = ask;
    this.everyMinute = everyMinute;
    this.#tables = tables;
    this.#around = around;
  }

  get watched(): boolean {
    return this.#watchers.size > 0;
  }

  /** The same question in newer words: a component's function is a new one at each rendering. */
  askBy(ask: Ask<T>): void {
    this.#ask = ask;
  }

  readonly snapshot = (): Live<T> => this.#view;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.look(0);
    return () => {
      this.#watchers.delete(watcher);
      // Strict mode and a change of screen let go and take up again at once: only who stays away ends the asking.
      setTimeout(() => {
        if (!this.watched) this.#stop();
      }, 0);
    };
  };

  /** The surroundings may have moved. */
  look(after = Math.min(longestPause, Math.max(pause, this.#took))): void {
    if (!this.watched) return;
    if (!this.#around.reachable()) {
      this.#show({ stale: this.#view.data !== undefined });
      return;
    }
    const moved = this.#askedAt !== this.#around.mark(this.#tables);
    if ((moved || this.#due) && this.#underWay === null) this.#timer ??= setTimeout(() => void this.#go(), after);
  }

  /** Asks again although nothing moved. */
  readonly again = (): void => {
    this.#due = true;
    this.look(0);
  };

  /** Another person sits here now: nothing of the one before may stay on the screen. */
  forget(): void {
    this.#stop();
    this.#askedAt = null;
    this.#show({ data: undefined, error: null, stale: false, loading: true });
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // An asking that is cut off counts as not asked.
    if (this.#underWay !== null) this.#askedAt = null;
    this.#underWay?.abort();
    this.#underWay = null;
  }

  async #go(): Promise<void> {
    this.#timer = undefined;
    const asking = new AbortController();
    this.#underWay = asking;
    this.#askedAt = this.#around.mark(this.#tables);
    this.#due = false;
    const began = performance.now();
    try {
      const data = await this.#ask(asking.signal);
      if (this.#underWay !== asking) return;
      this.#show({ data, error: null, stale: false, loading: false });
    } catch (thrown) {
      if (this.#underWay !== asking) return;
      this.#show({ error: deskError(thrown), stale: this.#view.data !== undefined, loading: false });
    }
    this.#took = performance.now() - began;
    this.#underWay = null;
    this.look();
  }

  #show(change: Partial<Live<T>>): void {
    const next = { ...this.#view, ...change };
    const same = (Object.keys(next) as (keyof Live<T>)[]).every((key) => Object.is(next[key], this.#view[key]));
    if (same) return;
    this.#view = next;
    for (const watcher of this.#watchers) watcher();
  }
}
