import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Account } from "./account.ts";

/** Starts a PostgreSQL program on the cluster; the word CLUSTER among the arguments becomes the folder as that process sees it. */
export function postgresProgram(
  command: string,
  args: string[],
  cluster: string,
  runAs: Account | null,
  extra?: number,
): ChildProcess {
  const byHandle = runAs !== null && process.platform === "linux";
  const handle = byHandle ? openSync(cluster, "r") : null;
  const child = spawn(
    command,
    args.map((a) => (a === "CLUSTER" ? (byHandle ? "/proc/self/fd/3" : cluster) : a)),
    {
      stdio: ["ignore", "pipe", "pipe", handle ?? "ignore", ...(extra === undefined ? [] : [extra])],
      env: {
        PATH: process.env.PATH ?? "",
        LC_ALL: "C.UTF-8",
        ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
      },
      cwd: cluster,
      // A Ctrl-C in the terminal reaches the whole group: the server itself decides when PostgreSQL stops.
      detached: process.platform !== "win32",
      ...runAs,
    },
  );
  if (handle !== null) closeSync(handle);
  return child;
}

/** Keeps the last words of a process, to say why it failed. */
export function lastWords(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4000);
    });
  return () => text;
}
