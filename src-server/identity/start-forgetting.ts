import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { DB } from "#shared/schema/database.ts";
import { forgetExpired } from "./forget-expired.ts";

const hour = 3_600_000;

/** Forgets what is over at the start and each hour. A time that fails is made up for by the next. */
export function startForgetting(db: Kysely<DB>, log: Pick<Logger, "error">): { stop: () => Promise<void> } {
  let running = Promise.resolve();
  const run = () => {
    running = forgetExpired(db).catch((error: unknown) => {
      log.error(
        { err: String(error) },
        "what sign-in no longer needs could not be forgotten; it is tried again in an hour",
      );
    });
  };
  run();
  const timer = setInterval(run, hour);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
