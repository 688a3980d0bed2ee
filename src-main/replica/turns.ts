import { setImmediate as nextTurn } from "node:timers/promises";

/** Work on the one connection, a piece at a time. */
export type Turns = {
  /** What a screen waits for: before all writes that have not begun. */
  read: <T>(work: () => Promise<T>) => Promise<T>;
  write: <T>(work: () => Promise<T>) => Promise<T>;
  /** Milliseconds since a read last ended; Infinity if there was none. */
  sinceRead: () => number;
  /** Milliseconds since anything last ended, 0 while something runs or waits. */
  idleFor: () => number;
};

/** PGlite is one connection, and each query stops its thread: so reads go first, and writes come in slices between them. */
export function createTurns(): Turns {
  const reads: (() => Promise<void>)[] = [];
  const writes: (() => Promise<void>)[] = [];
  let running = false;
  let lastRead = -Infinity;
  let lastEnd = performance.now();

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let job = reads.shift() ?? writes.shift(); job; job = reads.shift() ?? writes.shift()) {
      await job();
      lastEnd = performance.now();
      // Questions that arrived meanwhile lie in the message port: they are heard before the next slice.
      await nextTurn();
    }
    running = false;
  }

  const enter =
    (queue: (() => Promise<void>)[], after: () => void) =>
    <T>(work: () => Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        queue.push(() => work().then(resolve, reject).finally(after));
        void run();
      });

  return {
    read: enter(reads, () => (lastRead = performance.now())),
    write: enter(writes, () => {}),
    sinceRead: () => (reads.length > 0 ? 0 : performance.now() - lastRead),
    idleFor: () => (running ? 0 : performance.now() - lastEnd),
  };
}
