import { pause } from "./pause.ts";
import type { Spool } from "./spool.ts";

/** Puts lines into the spool, and goes on trying while the disk is full: whoever calls reads nothing more meanwhile. */
export async function keepLines(
  spool: Spool,
  lines: readonly Buffer[],
  { stop, log }: { stop: AbortSignal; log: (sentence: string) => void },
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await spool.append(lines);
    } catch (error) {
      if (stop.aborted) throw error;
      if (attempt % 60 === 0)
        log(
          `The spool can't be written (${(error as { code?: string }).code ?? "error"}): make room on the disk. Reading waits for it.`,
        );
      await pause(1000, stop);
    }
  }
}
