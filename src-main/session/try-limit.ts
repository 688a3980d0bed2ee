import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "./write-whole.ts";

const kept = z.object({ wrong: z.int().min(0), until: z.number() });

/** So many wrong passwords cost nothing but themselves. */
const free = 5;
const longest = 60_000;

/** Milliseconds to wait after so many wrong passwords: 1 s after the fifth, doubling to 60 s. */
export const waitAfter = (wrong: number): number =>
  wrong < free ? 0 : Math.min(longest, 1000 * 2 ** Math.min(wrong - free, 16));

/** Counts wrong passwords for one person's data, on the disk, so that ending the program forgets none. */
export type TryLimit = {
  /** Seconds to wait before the next try; 0 when one may be made. */
  wait: () => Promise<number>;
  /** Before a try: it counts as wrong until it was right, so that a program killed meanwhile doesn't give it for nothing. */
  begin: () => Promise<void>;
  /** The password was right: answers how many were wrong before, and forgets them. */
  right: () => Promise<number>;
};

export function tryLimit(folder: string, now: () => number): TryLimit {
  const file = join(folder, "tries.json");
  const read = async () => {
    try {
      return kept.parse(JSON.parse(await readFile(file, "utf8")));
    } catch {
      return { wrong: 0, until: 0 };
    }
  };
  return {
    wait: async () => {
      const { until } = await read();
      // A clock that was set back must not make it longer than it ever is.
      return Math.ceil(Math.min(Math.max(0, until - now()), longest) / 1000);
    },
    begin: async () => {
      const wrong = (await read()).wrong + 1;
      await writeWhole(file, JSON.stringify({ wrong, until: now() + waitAfter(wrong) }));
    },
    right: async () => {
      const { wrong } = await read();
      await rm(file, { force: true });
      return Math.max(0, wrong - 1);
    },
  };
}
