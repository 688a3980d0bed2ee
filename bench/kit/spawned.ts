import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type Spawned = { child: ChildProcess; ready: string; stop: () => Promise<void> };

const open = new Set<Spawned["stop"]>();

/** Starts a program of ours with Node and waits for the line that says it is ready; `ready` is the pattern's first group. */
export async function spawned(script: string, args: string[], ready: RegExp, seconds = 120): Promise<Spawned> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LOG_LEVEL: "warn", NODE_NO_WARNINGS: "1" },
  });
  let words = "";
  const hear = (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000));
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const stop = async () => {
    open.delete(stop);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(late);
  };
  open.add(stop);
  const failed = (why: string) => new Error(`${script} ${why}: ${words.trim()}`);
  return await new Promise<Spawned>((resolve, reject) => {
    const late = setTimeout(() => reject(failed(`was not ready after ${seconds} s`)), seconds * 1000);
    child.once("exit", (code) => reject(failed(`ended with ${code}`)));
    child.once("error", reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = ready.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve({ child, ready: found, stop });
    });
  });
}

/** Ends whatever is still running, the last started first. */
export async function stopAll(): Promise<void> {
  for (const stop of [...open].toReversed()) await stop();
}
