/** Runs work under a key: at most `running` at once, one a key, and no more than `waiting` that wait; beyond it answers null at once. */
export type BoundedWork = <T>(key: string, work: () => Promise<T>) => Promise<T | null>;

/**
 * Checking a password costs 19 MiB and a core for some milliseconds: a flood of tries must find a short queue, not all of the
 * machine. One a key, so that of many tries for one account each sees the failures before it.
 */
export function boundedWork(limits: { running: number; waiting: number }): BoundedWork {
  const busy = new Set<string>();
  const queue: { key: string; start: () => void }[] = [];
  const turn = () => {
    while (busy.size < limits.running) {
      const at = queue.findIndex(({ key }) => !busy.has(key));
      const [next] = at < 0 ? [] : queue.splice(at, 1);
      if (!next) return;
      busy.add(next.key);
      next.start();
    }
  };
  return async (key, work) => {
    if (queue.length >= limits.waiting) return null;
    await new Promise<void>((start) => {
      queue.push({ key, start });
      turn();
    });
    try {
      return await work();
    } finally {
      busy.delete(key);
      turn();
    }
  };
}
