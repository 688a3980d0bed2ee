import type { IngestCounts } from "../ingest.ts";
import { BackOff } from "./back-off.ts";
import { pause } from "./pause.ts";
import { postBatch, type Target } from "./post-batch.ts";
import type { Spool } from "./spool.ts";

const mostLines = 500;
const mostBytes = 1024 * 1024;
const sayAgain = 60_000;

/**
 * Delivers the spool in order until told to stop, or, with `untilEmpty`, until nothing is left once that says so.
 * Lines stay in the spool until the server has answered for them.
 */
export async function deliver(
  spool: Spool,
  target: Target,
  options: {
    stop: AbortSignal;
    untilEmpty: () => boolean;
    log: (sentence: string) => void;
    /** Milliseconds between attempts while somebody has to act first: asking more often would only fill logs. */
    refusedWait?: number;
  },
): Promise<IngestCounts> {
  const { stop, log, refusedWait = 10_000 } = options;
  const totals: IngestCounts = { received: 0, stored: 0, duplicates: 0, rejected: 0 };
  const backOff = new BackOff();
  const say = sayer(log);
  let most = mostLines;
  while (!stop.aborted) {
    const batch = await spool.peek(most, mostBytes);
    if (!batch) {
      if (options.untilEmpty()) return totals;
      await spool.waiting(stop);
      continue;
    }
    const posted = await postBatch(target, batch.lines, stop);
    if (stop.aborted && posted.kind !== "taken") break;
    switch (posted.kind) {
      case "taken":
        for (const key of ["received", "stored", "duplicates", "rejected"] as const) totals[key] += posted.counts[key];
        // Not to know how far delivery came only means to deliver again after a restart.
        await spool
          .advance(batch.bytes)
          .catch(() => log("The place in the spool can't be kept: make room on the disk."));
        backOff.reset();
        most = Math.min(mostLines, most * 2);
        say(null, spool.backlog);
        break;
      case "tooLarge":
        if (batch.lines.length > 1) {
          most = Math.max(1, Math.floor(batch.lines.length / 2));
          break;
        }
        say(
          "The server refuses even a single record as too large: check what stands between it and this collector.",
          spool.backlog,
        );
        await pause(refusedWait, stop);
        break;
      case "refused":
        say(posted.message, spool.backlog);
        await pause(refusedWait, stop);
        break;
      case "unreachable":
        say(posted.message, spool.backlog);
        await pause(Math.max(posted.wait, backOff.next()), stop);
        break;
    }
  }
  return totals;
}

/** Says a trouble when it begins, once a minute while it lasts, and when it is over: a log must stay readable. */
function sayer(log: (sentence: string) => void) {
  let trouble: string | null = null;
  let saidAt = 0;
  return (next: string | null, backlog: number) => {
    const now = performance.now();
    if (next !== null && (next !== trouble || now - saidAt > sayAgain)) {
      log(`${next} ${backlog} bytes are kept in the spool and go out in order once it works.`);
      saidAt = now;
    }
    if (next === null && trouble !== null) log("The server takes records again.");
    trouble = next;
  };
}
