import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "./config.ts";
import { openDatabase } from "./database/open.ts";
import { createApp } from "./http/app.ts";
import { sessionKey } from "./identity/session-key.ts";
import { serve } from "./serve.ts";

/** `npm run server`: the clinic server. Prints one line when it is ready; its log goes to standard error. */
async function main() {
  const config = readConfig(process.argv.slice(2), process.env);
  const log = pino(
    { level: config.logLevel, redact: ["headers.authorization", "password", "token"] },
    pino.destination(2),
  );
  mkdirSync(config.folder, { recursive: true, mode: 0o700 });
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
    version: string;
  };
  const database = await openDatabase({
    folder: config.folder,
    ...(config.databaseUrl ? { url: config.databaseUrl } : {}),
  });
  const app = createApp({
    db: database.db,
    pool: database.pool,
    sessionKey: sessionKey(config.folder),
    log,
    version,
    mount: [],
    health: async () => ({ status: "ok", version }),
  });
  const http = await serve((request) => app.fetch(request), config);
  console.log(`careboard server ready ${http.url}`);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    await http.close();
    await database.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
}

main().catch((error: unknown) => {
  console.error(`careboard server: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
