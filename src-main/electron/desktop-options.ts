import { parseArgs } from "node:util";

export type DesktopOptions = { server: string; home: string | undefined; board: boolean };

/**
 * What scripts/desk.ts or a shortcut hands over. Electron and Chromium put switches of their own beside ours: those are not looked at.
 * @throws an Error that names the option
 */
export function readDesktopOptions(args: string[]): DesktopOptions {
  const { values } = parseArgs({
    args,
    strict: false,
    options: { server: { type: "string" }, home: { type: "string" }, board: { type: "boolean" } },
  });
  const { server, home, board } = values;
  if (typeof server !== "string") {
    throw new Error("--server is missing: name the clinic server, like --server http://127.0.0.1:8787.");
  }
  return { server, home: typeof home === "string" ? home : undefined, board: board === true };
}
