import { Worker } from "node:worker_threads";
import { workerEntry } from "./worker-entry.ts";

/** Threads for replicas, one of them begun before it is known whose. */
export type SpareThread = {
  /** Begins one, if there is none: it loads what every replica needs, and waits for a folder and a key. */
  prepare: () => void;
  /** The one that was begun, or a new one. */
  take: () => Worker;
  close: () => Promise<void>;
};

/** A thread that opens no replica until it is told which. */
export const replicaThread = (): Worker =>
  // Options of the process (a script given by --eval, say) are not the thread's.
  new Worker(workerEntry("replica-worker", "./worker.ts"), { name: "replica", execArgv: [] });

export function createSpareThread(): SpareThread {
  let spare: Worker | null = null;
  return {
    prepare: () => {
      if (spare) return;
      const mine = replicaThread();
      spare = mine;
      // It is no reason to keep a program on; and should it fail, whoever takes the next one hears of it.
      mine.unref();
      const gone = () => {
        if (spare === mine) spare = null;
      };
      mine.on("error", gone);
      mine.on("exit", gone);
    },
    take: () => {
      const taken = spare ?? replicaThread();
      spare = null;
      taken.ref();
      return taken;
    },
    close: async () => {
      const old = spare;
      spare = null;
      await old?.terminate();
    },
  };
}
