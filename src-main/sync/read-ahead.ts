import { Worker } from "node:worker_threads";
import { workerEntry } from "../replica/worker-entry.ts";
import type { Answer, Question } from "./ask-shape.ts";

/** What the reader's thread is told first. */
export type ReaderData = Omit<Question, "signal" | "live" | "encode"> & { known: string[] };
/** And afterwards: so many more answers it may send, or a newer token. */
export type ToReader = { allow: number } | { token: string };

/** Answers to a first fetch, one after the other, read and encoded in a thread of their own ahead of who writes them. */
export type ReadAhead = {
  /** The next answer; null when the snapshot is through, or nothing more can be read. */
  next: () => Promise<Answer | null>;
  stop: () => void;
  /** Requests from now on use this token. */
  retoken: (token: string) => void;
  /** How many answers there were so far. */
  readonly given: number;
};

/** How many answers (of about 1 MB) may wait: enough for the writer never to wait, few enough for memory. */
const ahead = 8;

/** Reading and parsing the rows takes nearly a third of the time of writing them: on a second core it takes none. */
export function readAhead(data: ReaderData): ReadAhead {
  const worker = new Worker(workerEntry("shape-reader", "../sync/shape-reader.ts"), {
    workerData: data,
    execArgv: [],
    name: "shape reader",
  });
  const answers: Answer[] = [];
  let ended = false;
  let given = 0;
  let wake = () => {};
  const end = () => {
    ended = true;
    wake();
  };
  worker.on("message", (answer: Answer) => {
    answers.push(answer);
    wake();
  });
  // A reader that fails is one that ends: who writes goes on by itself from where it is.
  worker.on("error", end);
  worker.on("exit", end);
  const say = (message: ToReader) => {
    // A thread has no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(message);
  };
  say({ allow: ahead });
  return {
    next: async () => {
      for (;;) {
        const answer = answers.shift();
        if (answer) {
          given++;
          say({ allow: 1 });
          return answer;
        }
        if (ended) return null;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    retoken: (token) => say({ token }),
    get given() {
      return given;
    },
    stop: () => {
      end();
      answers.length = 0;
      void worker.terminate();
    },
  };
}
