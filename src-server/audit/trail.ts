import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { AuditLine } from "./audit-line.ts";
import { SeenLately } from "./seen-lately.ts";
import { writeAudit } from "./write-audit.ts";

/** Where requests write their lines. Lines of requests at the same moment share one transaction: a disk syncs once for all. */
export type AuditTrail = {
  /** Resolves once the lines are kept. @throws when they can't be */
  write: (lines: AuditLine | AuditLine[]) => Promise<void>;
  /** The same, unless lines of this key were written within the last minute; the next ones say how many were left out. */
  once: (key: string, lines: AuditLine | AuditLine[]) => Promise<void>;
};

type Job = { lines: AuditLine[]; resolve: () => void; reject: (error: unknown) => void };

const mostTogether = 500;
const minute = 60_000;

/** @param written called after each transaction with the number of its lines */
export function createTrail(
  system: Kysely<DB>,
  written: (lines: number) => void = () => {},
  lately = new SeenLately(minute),
): AuditTrail {
  const waiting: Job[] = [];
  let writing = false;

  async function keep(jobs: Job[]): Promise<void> {
    try {
      const count = await writeAudit(
        system,
        jobs.flatMap((job) => job.lines),
      );
      for (const job of jobs) job.resolve();
      written(count);
    } catch (error) {
      // One line that the database refuses must not take those of others with it.
      if (jobs.length > 1) for (const job of jobs) await keep([job]);
      else for (const job of jobs) job.reject(error);
    }
  }

  async function pump(): Promise<void> {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      let count = 0;
      let jobs = 0;
      for (const job of waiting) {
        if (jobs > 0 && count + job.lines.length > mostTogether) break;
        count += job.lines.length;
        jobs++;
      }
      await keep(waiting.splice(0, jobs));
    }
    writing = false;
  }

  const write = (lines: AuditLine | AuditLine[]): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ lines: [lines].flat(), resolve, reject });
      void pump();
    });
  return {
    write,
    once: (key, lines) =>
      lately.once(key, (repeated) =>
        write(
          repeated === 0 ? lines : [lines].flat().map((line) => ({ ...line, detail: { ...line.detail, repeated } })),
        ),
      ),
  };
}
