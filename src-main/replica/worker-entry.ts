import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The file of a thread. From source Node strips the types itself; the bundle has each as a file of its own beside this one. */
export function workerEntry(name: string, source: string): URL {
  if (import.meta.url.endsWith(".ts")) return new URL(source, import.meta.url);
  const places = [`./${name}.js`, `../${name}.js`].map((p) => new URL(p, import.meta.url));
  return places.find((p) => existsSync(fileURLToPath(p))) ?? new URL(`./${name}.js`, import.meta.url);
}
