import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const file = (home: string) => join(home, "browser-port");

/**
 * The ports to try in turn. A browser keeps a page's own storage (sealed drafts, the place and the theme) by address, port included:
 * so without a wish the port of the last time comes first, and any free one after it.
 */
export async function portsToTry(home: string, wished: number | null): Promise<number[]> {
  if (wished !== null) return [wished];
  const last = Number(await readFile(file(home), "utf8").catch(() => ""));
  return Number.isInteger(last) && last > 0 && last <= 65_535 ? [last, 0] : [0];
}

/** Keeps the port for the next time; where that can't be written, the next time simply takes another. */
export async function keepPort(home: string, port: number): Promise<void> {
  await writeFile(file(home), String(port)).catch(() => undefined);
}
