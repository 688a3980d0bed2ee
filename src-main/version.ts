import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One folder up from the sources, two from the built main process. */
const places = [join(import.meta.dirname, "../package.json"), join(import.meta.dirname, "../../package.json")];

function read(): string {
  for (const place of places) {
    try {
      const { name, version } = JSON.parse(readFileSync(place, "utf8")) as { name?: string; version?: string };
      if (name === "careboard" && version !== undefined) return version;
    } catch {
      // Not there: the next place.
    }
  }
  return "unknown";
}

/** Careboard's version, as the server is told it. */
export const version = read();
