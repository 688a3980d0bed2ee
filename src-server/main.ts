import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { auditShapes } from "./audit/audit-shapes.ts";
import { startAudit } from "./audit/start-audit.ts";
import { readConfig } from "./config.ts";
import { openDatabase } from "./database/open.ts";
import { fillDemo } from "./demo/fill-demo.ts";
import { admitDemoPeople } from "./demo/fill-people.ts";
import { createApp } from "./http/app.ts";
import { health } from "./http/health.ts";
import { createIdentity } from "./identity/identity.ts";
import { identityKeys } from "./identity/identity-keys.ts";
import { providerRoute } from "./identity/provider-route.ts";
import { readProviders } from "./identity/providers.ts";
import { startForgetting } from "./identity/start-forgetting.ts";
import { whoseShape } from "./identity/whose-shape.ts";
import { startRetention } from "./retention/start-retention.ts";
import { serve } from "./serve.ts";
import { createShapes } from "./shapes/create-shapes.ts";
import { shapesRoute } from "./shapes/route.ts";
import { readWaiting } from "./telephony/read-waiting.ts";
import { webhook } from "./telephony/webhook.ts";

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

  // What is open is closed in the opposite order, whether the server ran for a year or failed while starting.
  const open: (() => Promise<void>)[] = [];
  let stopping: Promise<never> | null = null;
  const stop = (code: number): Promise<never> =>
    (stopping ??= (async () => {
      for (const close of open.toReversed()) await close();
      process.exit(code);
    })());
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      log.info({ signal }, "stopping");
      void stop(0);
    });

  try {
    const database = await openDatabase({
      folder: config.folder,
      ...(config.databaseUrl ? { url: config.databaseUrl } : {}),
    });
    open.push(database.close);
    // Records that a server before this one had kept and not read yet.
    await readWaiting(database);
    // Before anybody can sign in: a server that is no demo any more forgets the people whose password stands in the README.
    await admitDemoPeople(database.system, config.demoDays !== null);
    if (config.demoDays !== null)
      await fillDemo(database, { days: config.demoDays, now: new Date(), log: (line) => console.log(line) });
    const shapes = await createShapes({ url: database.url, pool: database.systemPool, folder: config.folder, log });
    await shapes.start();
    open.push(shapes.stop);
    const audit = await startAudit({ system: database.system, folder: config.folder, log });
    open.push(audit.stop);
    const identity = createIdentity({
      db: database.system,
      keys: identityKeys(config.folder),
      providers: readProviders(config.folder),
      publicUrl: config.publicUrl,
    });
    const retention = startRetention({ system: database.system, log });
    open.push(retention.stop);
    const forgetting = startForgetting(database.system, log);
    open.push(forgetting.stop);
    const app = createApp({
      identity,
      db: database.db,
      system: database.system,
      systemPool: database.systemPool,
      audit: audit.trail,
      accessChanged: shapes.recheck,
      trustProxy: config.trustProxy,
      publicUrl: config.publicUrl,
      log,
      version,
      mount: [
        webhook({ database, log }),
        providerRoute({ identity, log, trustProxy: config.trustProxy }),
        shapesRoute({
          shapes,
          authenticate: (request) => whoseShape(identity, request),
          audit: auditShapes(audit.trail),
        }),
      ],
      health: () => health({ database, shapes, audit, retention, version }),
    });
    const http = await serve((request, env) => app.fetch(request, env), config);
    open.push(http.close);
    console.log(`careboard server ready ${http.url}`);
  } catch (error) {
    // Closing while starting makes the start fail: that is no error of its own.
    if (!stopping) console.error(`careboard server: ${error instanceof Error ? error.message : String(error)}`);
    await stop(1);
  }
}

await main();
