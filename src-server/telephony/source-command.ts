import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder } from "../config.ts";
import { type Database, visitDatabase } from "../database/open.ts";
import { addSource, listSources, rotateSecret } from "./sources.ts";

const usage = `Usage:
  npm run source -- add NAME --clinic SLUG [--data DIR]   makes a source of calls; the last line is its secret
  npm run source -- rotate NAME [--data DIR]              gives it a new secret; the last line is the secret
  npm run source -- list [--data DIR]                     says which there are
DATABASE_URL names a PostgreSQL of one's own instead of the one in the data folder.`;

/** `npm run source`: works beside a running server as well as without one. */
async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { clinic: { type: "string" }, data: { type: "string" } },
  });
  const [command, name, ...rest] = positionals;
  const wellFormed =
    rest.length === 0 &&
    ((command === "add" && name && values.clinic) || (command === "rotate" && name) || (command === "list" && !name));
  if (!wellFormed) throw new Error(usage);
  const url = process.env.DATABASE_URL;
  const folder = resolve(values.data ?? dataFolder());
  // A mistyped folder must not become a new, empty clinic server.
  if (!url && !existsSync(join(folder, "postgres")))
    throw new Error(
      `No clinic server has kept its data in ${folder} yet: check --data, or start the server there once.`,
    );
  const database = await visitDatabase({ folder, ...(url ? { url } : {}) });
  try {
    await run(database, command ?? "", name ?? "", values.clinic ?? "");
  } finally {
    await database.close();
  }
}

async function run({ systemPool: pool }: Database, command: string, name: string, clinic: string): Promise<void> {
  if (command === "list") {
    for (const source of await listSources(pool))
      console.log(
        `${source.clinic}\t${source.name}\t${source.calls} calls\t${source.lastReceivedAt ? `last ${source.lastReceivedAt}` : "nothing received yet"}`,
      );
    return;
  }
  const secret = command === "add" ? await addSource(pool, name, clinic) : await rotateSecret(pool, name);
  console.log(
    command === "add"
      ? `Source ${name} of ${clinic} is ready. Keep its secret in a file that only the collector can read; it is shown this once:`
      : `Source ${name} has a new secret, and the old one no longer works. It is shown this once:`,
  );
  console.log(secret);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
