import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { schemaFiles } from "../src-main/replica/schema-files.ts";
import { templateFolder, templateKey } from "../src-main/replica/template.ts";
import { buildDesktop } from "./build-desktop.ts";
import { buildReplicaTemplate } from "./build-replica-template.ts";
import { checkout } from "./checkout.ts";
import { findDistribution } from "./package/electron-distribution.ts";
import { layOut } from "./package/lay-out.ts";
import { packagedAddress } from "./package/packaged-address.ts";
import { stageApplication } from "./package/stage-application.ts";

/**
 * `npm run package -- [--electron DIR] [--server URL] [--out DIR]`: builds the desktop and lays out an application folder from an unpacked
 * Electron of any platform, with its fuses set. Signing comes after it: it seals the fuses and the archive.
 */
try {
  const { values } = parseArgs({
    options: { electron: { type: "string" }, server: { type: "string" }, out: { type: "string" } },
  });
  const server = packagedAddress(values.server);
  const distribution = findDistribution(values.electron, join(checkout, "node_modules/electron"));
  await buildDesktop();
  await buildReplicaTemplate();
  const key = templateKey(await schemaFiles(join(checkout, "resources/schema")));
  const made = join(templateFolder(), key);
  const stage = await mkdtemp(join(tmpdir(), "careboard-package-"));
  try {
    await stageApplication({ root: checkout, stage, server });
    const target = resolve(values.out ?? join(checkout, `dist/careboard-${distribution.platform}`));
    const program = await layOut({ distribution, stage, target, template: existsSync(made) ? made : null });
    console.log(`careboard packaged ${program}`);
    if (server === null)
      console.log("No --server was given: its shortcut has to name the clinic server with --server URL.");
    console.log("Sign it before it is handed on: the signature is what keeps fuses and archive as they are.");
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
