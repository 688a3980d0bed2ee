import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

type Manifest = {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};

/** Which of these dependencies the files of a bundle import: they were left out of it, and all else is in it. */
export function importedPackages(bundle: string, dependencies: readonly string[]): string[] {
  const names = new Set<string>();
  for (const file of readdirSync(bundle, { recursive: true, encoding: "utf8" })) {
    if (!/\.[cm]?js$/.test(file)) continue;
    const text = readFileSync(join(bundle, file), "utf8");
    for (const [, specifier = ""] of text.matchAll(/\b(?:from|import|require|resolve)\s*\(?\s*["']([^"'\s]+)["']/g))
      names.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
  }
  return dependencies.filter((name) => names.has(name)).toSorted();
}

/**
 * The folders of these packages and of all that they depend on, relative to `root` (`node_modules/a`, `node_modules/a/node_modules/b`), as
 * Node would find them there.
 * @throws an Error that names a dependency which isn't installed
 */
export function packageFolders(root: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string, must: boolean) => {
    const folder = lookUp(root, name, from);
    if (folder === null) {
      if (must)
        throw new Error(
          `The package ${name} (wanted by ${from || "the application"}) isn't installed: run npm install.`,
        );
      return;
    }
    if (found.has(folder)) return;
    found.add(folder);
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
    for (const next of Object.keys(manifest.dependencies ?? {}))
      visit(next, folder, !(next in (manifest.optionalDependencies ?? {})));
    for (const next of Object.keys({ ...manifest.optionalDependencies, ...manifest.peerDependencies }))
      visit(next, folder, false);
  };
  for (const name of names) visit(name, "", true);
  return [...found].toSorted();
}

function lookUp(root: string, name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at === "." ? "" : at, "node_modules", name);
    if (existsSync(join(root, folder, "package.json"))) return folder;
    if (at === "" || at === ".") return null;
  }
}
