import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes sure that no other collector uses the same spool. A lock left by a process that was killed is taken over.
 * @returns how to let go
 * @throws an Error that names the other process
 */
export function ownAlone(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx", mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST") throw error;
      const other = holder(path);
      if (other !== null || attempt > 4)
        throw new Error(
          `Another collector (process ${other ?? "?"}) already uses this spool: stop it, or give this one another --spool.`,
          { cause: error },
        );
      rmSync(path, { force: true });
    }
  }
}

/** The living process that holds the lock; null when it is gone, or is ourselves under the number of an earlier start. */
function holder(path: string): number | null {
  let pid: number;
  try {
    pid = Number(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === "EPERM" ? pid : null;
  }
  // After a restart of the machine the number may be somebody else's; where that can be seen, look.
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("collector") ? pid : null;
  } catch {
    return pid;
  }
}
