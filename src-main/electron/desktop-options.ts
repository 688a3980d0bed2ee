import { parseArgs } from "node:util";

export type DesktopOptions = { server: string; home: string | undefined; board: boolean };

/**
 * What scripts/desk.ts or a shortcut hands over. Electron and Chromium put switches of their own beside ours: those are not looked at.
 * An application that was packaged for one server (`packaged`) speaks to no other: whoever writes its shortcut could otherwise
 * have people type their password for a server of theirs.
 * @throws an Error that names the option
 */
export function readDesktopOptions(args: string[], packaged: string | null): DesktopOptions {
  const { values } = parseArgs({
    args,
    strict: false,
    options: { server: { type: "string" }, home: { type: "string" }, board: { type: "boolean" } },
  });
  const { server, home, board } = values;
  const named = packaged ?? server;
  if (typeof named !== "string") {
    throw new Error("--server is missing: name the clinic server, like --server http://127.0.0.1:8787.");
  }
  return { server: named, home: typeof home === "string" ? home : undefined, board: board === true };
}
