import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

type Holder = { pid: number; started: string | null; host: string };

/** Folders this process holds: its own process id in a lock file proves nothing about itself. */
const held = new Set<string>();

/**
 * Locks a replica's folder for this process. Two processes on one replica corrupt it without a word, so a lock is never taken
 * from a process that lives or might live; one whose process is provably gone is taken over.
 *
 * @returns what gives the lock back
 * @throws an Error for people, when another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "lock");
  if (held.has(path)) throw new Error(`This replica is open already (${folder}).`);
  held.add(path);
  try {
    // Until the guard is back, nobody else judges the same left-over lock.
    if (!(await create(path))) await takeOver(path);
  } catch (error) {
    held.delete(path);
    throw error;
  }
  return async () => {
    await rm(path, { force: true });
    held.delete(path);
  };
}

async function takeOver(path: string): Promise<void> {
  const guard = `${path}.taking`;
  for (let tries = 0; !(await create(guard)); tries++) {
    if (gone(await holder(guard))) await rm(guard, { force: true });
    else if (tries > 50) throw inUse(path, await holder(guard));
    else await sleep(20);
  }
  try {
    const now = await holder(path);
    if (now !== "none" && !gone(now)) throw inUse(path, now);
    await rm(path, { force: true });
    if (!(await create(path))) throw inUse(path, await holder(path));
  } finally {
    await rm(guard, { force: true });
  }
}

/** Makes the file if it is not there, with its content from the first moment: nobody ever reads half a lock. */
async function create(path: string): Promise<boolean> {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname() };
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600, flush: true });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function holder(path: string): Promise<Holder | "none" | "unreadable"> {
  try {
    const read = JSON.parse(await readFile(path, "utf8")) as Partial<Holder>;
    if (typeof read.pid !== "number" || typeof read.host !== "string") return "unreadable";
    return { pid: read.pid, host: read.host, started: typeof read.started === "string" ? read.started : null };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "none" : "unreadable";
  }
}

/** True only with proof: the same machine, and no such process, or one that began at another time and only has its number. */
function gone(who: Awaited<ReturnType<typeof holder>>): boolean {
  if (who === "none") return true;
  if (who === "unreadable" || who.host !== hostname()) return false;
  if (!lives(who.pid)) return true;
  const started = startOf(who.pid);
  return who.started !== null && started !== null && who.started !== started;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** When a process began, as text to compare: boot and clock tick on Linux; null where the system doesn't tell cheaply. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything; the fields after it are fixed, and the start is the twentieth of them.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

function inUse(path: string, who: Awaited<ReturnType<typeof holder>>): Error {
  const by = typeof who === "object" ? `process ${who.pid} on ${who.host}` : "another process";
  return new Error(
    `This replica is in use by ${by}. Close that desk and try again; if it no longer runs anywhere, delete the file ${path}.`,
  );
}
