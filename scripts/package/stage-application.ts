import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { importedPackages, packageFolders } from "./needed-packages.ts";

type Stage = { root: string; stage: string; server: string | null };

type Manifest = { name: string; version: string; main: string; dependencies: Record<string, string> };

/** Nobody runs these; licences stay. */
const left = /\.(map|md|markdown|d\.[cm]?ts|tsbuildinfo)$|^\.built$/;

/**
 * Puts together in `stage` what the archive will hold: the built program, the schema, and the packages the main process loads.
 * `server` is the clinic server that this application speaks to and to no other.
 */
export async function stageApplication({ root, stage, server }: Stage): Promise<void> {
  const servers = join(root, "resources/schema/server");
  const keep = (path: string) => !left.test(basename(path)) && path !== servers;
  for (const part of ["out/main", "out/preload", "out/renderer", "resources/schema"]) {
    await cp(join(root, part), join(stage, part), { recursive: true, filter: keep });
  }
  const { name, version, main, dependencies } = JSON.parse(
    await readFile(join(root, "package.json"), "utf8"),
  ) as Manifest;
  const imported = importedPackages(join(root, "out/main"), Object.keys(dependencies));
  for (const folder of packageFolders(root, imported)) {
    await mkdir(dirname(join(stage, folder)), { recursive: true });
    await cp(join(root, folder), join(stage, folder), {
      recursive: true,
      dereference: true,
      // What a package has inside of it was found by name, where it is needed.
      filter: (path) => keep(path) && !path.slice(join(root, folder).length).includes("node_modules"),
    });
  }
  const manifest = { name, version, private: true, type: "module", main, ...(server ? { careboard: { server } } : {}) };
  await writeFile(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
