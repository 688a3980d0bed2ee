import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { openPool } from "./pool.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Owner's URL of the test cluster; its database `careboard` is the migrated template. */
    testCluster: string;
  }
}

/** Vitest's global set-up for `*.pg.test.ts`: one real PostgreSQL, one migrated template database. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "careboard-test-"));
  const embedded = await startEmbedded(folder);
  const pool = openPool(embedded.url);
  // A schema that doesn't apply must not leave its PostgreSQL behind.
  await migrate(pool).catch(async (error: unknown) => {
    await embedded.stop();
    throw error;
  });
  await pool.end();
  project.provide("testCluster", embedded.url);
  return async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
