import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { EncryptedFolder } from "./encrypted-folder.ts";
import type { ReplicaKeys } from "./encrypted-keys.ts";
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
 * Puts an empty replica that was made before where there is none yet, encrypted with the person's keys on the way: the template is the same for
 * everybody and in clear text. Making one here (initdb, three PostgreSQLs in WebAssembly one after the other) takes seconds and
 * 1.2 GB of memory; copying one takes neither. Without a fitting template nothing happens, and PGlite makes one.
 */
export function layTemplate(data: string, files: readonly SchemaFile[], keys: ReplicaKeys): void {
  if (existsSync(data)) return;
  const aside = `${data}.new`;
  try {
    const template = join(templateFolder(), templateKey(files));
    if (!existsSync(template)) return;
    rmSync(aside, { recursive: true, force: true });
    // Nothing waits for the disk: what a power cut leaves half of is found damaged, and made again.
    const encrypted = new EncryptedFolder(aside, keys, false);
    copy(template, aside, (name, from) => {
      encrypted.create(name);
      encrypted.with(name, (file) => file.write(readFileSync(from), 0));
    });
    encrypted.close();
    renameSync(aside, data);
  } catch {
    // A copy that can't be had is no reason to fail: the long way is left.
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Copies an empty replica out of its encryption, for a template. */
export function uncover(data: string, keys: ReplicaKeys, to: string): void {
  const encrypted = new EncryptedFolder(data, keys, false);
  copy(data, to, (name) => {
    const content = encrypted.with(name, (file) => {
      const bytes = new Uint8Array(file.size);
      file.read(bytes, 0);
      return bytes;
    });
    writeFileSync(join(to, name), content, { mode: 0o600 });
  });
  encrypted.close();
}

/** Makes the folders of a tree anew and hands over each file: its name, with "/" between, and where it lies. */
function copy(from: string, to: string, file: (name: string, from: string) => void, below = ""): void {
  mkdirSync(join(to, below), { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(join(from, below), { withFileTypes: true })) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) copy(from, to, file, name);
    else file(name, join(from, name));
  }
}
