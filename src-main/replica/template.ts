import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { SchemaFile } from "./schema-files.ts";

/** Where templates lie: beside what is built from the sources, or where an installed application keeps its resources. */
export function templateFolder(): string {
  const installed = (process as { resourcesPath?: string }).resourcesPath;
  const built = join(import.meta.dirname, "../../out/replica-template");
  return installed !== undefined && !existsSync(built) ? join(installed, "replica-template") : built;
}

/** What a template was made from: another PGlite or another schema makes another one. */
export function templateKey(files: readonly SchemaFile[]): string {
  const program = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const { version } = JSON.parse(readFileSync(join(program, "../../package.json"), "utf8")) as { version: string };
  return createHash("sha256")
    .update([version, ...files.map((f) => f.digest)].join())
    .digest("hex")
    .slice(0, 16);
}

/** Whether a new replica of these files can be copied instead of made. */
export const hasTemplate = (files: readonly SchemaFile[]): boolean =>
  existsSync(join(templateFolder(), templateKey(files)));

/**
 * Puts an empty replica that was made before where there is none yet. Making one here (initdb, three PostgreSQLs in
 * WebAssembly one after the other) takes seconds and 1.2 GB of memory; copying one takes neither. Without a fitting template
 * nothing happens, and PGlite makes one.
 */
export function layTemplate(data: string, files: readonly SchemaFile[]): void {
  if (existsSync(data)) return;
  const aside = `${data}.new`;
  try {
    const template = join(templateFolder(), templateKey(files));
    if (!existsSync(template)) return;
    rmSync(aside, { recursive: true, force: true });
    cpSync(template, aside, { recursive: true });
    renameSync(aside, data);
  } catch {
    // A copy that can't be had is no reason to fail: the long way is left.
    rmSync(aside, { recursive: true, force: true });
  }
}
