import { join } from "node:path";
import type { Context } from "./bench.ts";
import type { DeskInput } from "./open-desk.ts";
import { runChild } from "./run-child.ts";

export type LargeDesk = DeskInput & { personId: string };
let made: Promise<LargeDesk> | null = null;

/** A desk whose folder holds the large clinic whole, signed in, closed. Synchronised once for all benches that ask for it. */
export function largeDesk(context: Context): Promise<LargeDesk> {
  return (made ??= (async () => {
    const { url, clinics } = await context.server();
    const { email, password } = clinics.large;
    // The data folder's `desk`, where the shells look for it too.
    const input = { serverUrl: url, home: join(context.folder, "large", "desk"), email, password };
    const started = Date.now();
    const personId = await runChild<string>(join(import.meta.dirname, "../prepare-large-desk.ts"), input, 400);
    context.log(`  a desk holds ${context.sizes.large} calls after ${Math.round((Date.now() - started) / 1000)} s`);
    return { ...input, personId };
  })());
}
