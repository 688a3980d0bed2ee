import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ShapeName } from "#shared/contract/sync.ts";

/** Another process that follows the server with the replica in a folder, once it is open; `kill` ends it as a power cut does. */
export async function killable(
  folder: string,
  server: string,
  shapes: readonly ShapeName[],
): Promise<{ kill: () => Promise<void> }> {
  const source = new URL("../replica/open-replica.ts", import.meta.url).href;
  const code = `import { openReplica } from ${JSON.stringify(source)};
    const replica = await openReplica({ folder: ${JSON.stringify(folder)}, key: Buffer.alloc(32, 7), onView: () => {}, onBroken: console.log });
    replica.follow(${JSON.stringify(server)}, "token", ${JSON.stringify(shapes)});
    console.log("open");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: join(import.meta.dirname, "../.."),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return {
    kill: () =>
      new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}
