import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder } from "../config.ts";
import { visitDatabase } from "../database/open.ts";
import { anchorFile, readAnchors } from "./keep-anchors.ts";
import { verifyChain } from "./verify-chain.ts";

const usage = `Usage: npm run audit:verify -- [--data DIR]
Walks the audit log from its first line and holds it against the anchors in the data folder. Exit 0 when every line holds.
DATABASE_URL names a PostgreSQL of one's own instead of the one in the data folder.`;

/** `npm run audit:verify`: works beside a running server as well as without one. */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { data: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(usage);
    return;
  }
  const url = process.env.DATABASE_URL;
  const folder = resolve(values.data ?? dataFolder());
  // A mistyped folder must not become a new, empty clinic server.
  if (!existsSync(join(folder, url ? "" : "postgres")))
    throw new Error(`No clinic server has kept its data in ${folder} yet: check --data.`);
  // Before the walk: every line that is anchored by now must be found.
  const anchors = await readAnchors(folder);
  const database = await visitDatabase({ folder, ...(url ? { url } : {}) });
  try {
    const verdict = await verifyChain(database.systemPool, anchors);
    if (!verdict.holds) throw new Error(`The audit log does not hold. ${verdict.sentence}`);
    if (verdict.lines > 0 && anchors.length === 0)
      throw new Error(
        `The ${verdict.lines} lines hold together, but their anchors are missing from ${anchorFile(folder)}: nothing tells whether the newest lines were cut off.`,
      );
    console.log(
      `The audit log holds: ${verdict.lines} lines, ${anchors.length} anchors. It ends with ${verdict.hash}.`,
    );
  } finally {
    await database.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
