import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Runs a program of node_modules/.bin (or node itself) with its output on ours; answers whether it succeeded. */
export function run(program: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const command = program === "node" ? process.execPath : join(root, "node_modules/.bin", program);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
      // On Windows the programs in .bin are .cmd files, which only a shell starts.
      shell: process.platform === "win32" && program !== "node",
    });
    child.on("error", (error) => {
      console.error(`${program} did not start: ${error.message}`);
      resolve(false);
    });
    child.on("exit", (code) => resolve(code === 0));
  });
}
