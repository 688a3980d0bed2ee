import { existsSync } from "node:fs";
import { join } from "node:path";
import { must } from "#shared/kit/must.ts";

/** The resources folder: two folders above the sources and the bundle alike, or where an installed application keeps it. */
export function resources(): string {
  const installed = (process as { resourcesPath?: string }).resourcesPath;
  const places = [
    join(import.meta.dirname, "../../resources"),
    ...(installed ? [join(installed, "resources"), installed] : []),
  ];
  return must(
    places.find((p) => existsSync(join(p, "schema"))),
    `the folder resources/schema (looked in ${places.join(", ")})`,
  );
}
