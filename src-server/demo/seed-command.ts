import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder } from "../config.ts";
import { visitDatabase } from "../database/open.ts";
import { demoSecrets } from "./demo-secrets.ts";
import { fillDemo } from "./fill-demo.ts";
import { startLive } from "./start-live.ts";

/**
 * `npm run seed -- [--data DIR] [--demo DAYS] [--seed N]` fills demo clinics and calls into a data folder, beside a running
 * server or without one. `--live --server URL [--rate CALLS_A_MINUTE]` posts calls that end now, until it is stopped.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      demo: { type: "string" },
      seed: { type: "string", default: "1" },
      live: { type: "boolean", default: false },
      rate: { type: "string", default: "6" },
      server: { type: "string", default: "http://127.0.0.1:8787" },
    },
  });
  const folder = resolve(values.data ?? dataFolder());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const days = values.demo === undefined ? null : number("--demo", values.demo, 0, 3660);
  const seed = number("--seed", values.seed, 0, 2 ** 31);
  const rate = number("--rate", values.rate, 0.01, 6000);
  const url = process.env.DATABASE_URL;
  const database = await visitDatabase({ folder, ...(url ? { url } : {}) });
  let secrets: Map<string, string>;
  try {
    if (days !== null || !values.live)
      // The known password comes only with a server that was started for the demo.
      await fillDemo(database, { days: days ?? 90, now: new Date(), seed, people: false, log: console.log });
    secrets = await demoSecrets(database.system);
  } finally {
    await database.close();
  }
  if (!values.live) return;
  if (secrets.size === 0)
    throw new Error(`No demo clinic in ${folder}: start its server with --demo first, or name the right --data.`);
  const live = startLive({ server: values.server, secrets, rate, log: console.log });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void live.stop());
}

function number(option: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= from && value <= to) return value;
  throw new Error(`${option} takes a number from ${from} to ${to}, not "${text}".`);
}

main().catch((error: unknown) => {
  console.error(`careboard seed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
