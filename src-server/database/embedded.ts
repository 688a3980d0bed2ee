import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client } from "pg";
import { account, type Account } from "./account.ts";
import { installedPostgres, reachablePostgres } from "./binaries.ts";

/** A running PostgreSQL of our own. `url` is the owner's; `stop` shuts it down cleanly; `adopted` says it was running before. */
export type Embedded = { url: string; adopted: boolean; stop: () => Promise<void> };

/**
 * Real PostgreSQL 18 with its cluster in `<folder>/postgres`, on a free loopback port, with a password of its own.
 *
 * It never runs as root. When we are root it runs as another account, which may not be able to reach the folder by its
 * path (a clone under /root, mode 0700). It needs no path: it inherits the opened folder and works in `/proc/self/fd/3`.
 *
 * @throws an Error with PostgreSQL's own last words when it doesn't start
 */
export async function startEmbedded(folder: string): Promise<Embedded> {
  const cluster = join(folder, "postgres");
  const passwordFile = join(folder, "postgres-password");
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const runAs = account(cluster);
  if (runAs) chownSync(cluster, runAs.uid, runAs.gid);
  const program = runAs ? await reachablePostgres() : installedPostgres();
  if (!existsSync(join(cluster, "PG_VERSION"))) await initialise(program, cluster, passwordFile, runAs);
  const password = readFileSync(passwordFile, "utf8").trim();
  const urlAt = (port: number) => `postgresql://careboard:${encodeURIComponent(password)}@127.0.0.1:${port}/careboard`;
  const orphan = await adopt(cluster, urlAt);
  if (orphan) return orphan;
  const port = await freePort();
  const server = run(join(program, "bin", "postgres"), [
    "-D", "CLUSTER", "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
    "-c", "wal_level=logical", "-c", "max_wal_senders=10", "-c", "max_replication_slots=10", "-c", "max_slot_wal_keep_size=2GB",
    "-c", "shared_buffers=128MB", "-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "logging_collector=off",
    "-c", "log_min_messages=warning", "-c", "max_connections=100", "-c", "log_statement=none", "-c", "log_min_error_statement=panic",
  ], cluster, runAs); // prettier-ignore
  const words = tail(server);
  const url = urlAt(port);
  try {
    await ready(url, () => server.exitCode !== null || server.signalCode !== null);
  } catch (error) {
    server.kill("SIGINT");
    throw new Error(`PostgreSQL did not start in ${cluster}: ${words().trim() || String(error)}`, { cause: error });
  }
  return {
    url,
    adopted: false,
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, "exit");
      // Fast shutdown: connections are ended, everything committed is flushed.
      server.kill("SIGINT");
      await gone;
    },
  };
}

/**
 * A clinic server that was killed leaves its PostgreSQL running. The next start takes it over as it is; whether another
 * clinic server still uses it is told by the lock that every one of them takes in the database.
 */
async function adopt(cluster: string, urlAt: (port: number) => string): Promise<Embedded | null> {
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !alive(pid)) return null;
  try {
    await ready(urlAt(port), () => !alive(pid));
  } catch {
    // Somebody else's process by the same number: PostgreSQL itself tells a stale file from a live one.
    return null;
  }
  return {
    url: urlAt(port),
    adopted: true,
    stop: async () => {
      if (alive(pid)) process.kill(pid, "SIGINT");
      while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

async function initialise(program: string, cluster: string, passwordFile: string, runAs: Account | null) {
  const password = randomBytes(24).toString("base64url");
  const handover = join(cluster, "..", "postgres-password.new");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  writeFileSync(handover, password, { mode: 0o600 });
  if (runAs) chownSync(handover, runAs.uid, runAs.gid);
  const handle = openSync(handover, "r");
  const init = run(
    join(program, "bin", "initdb"),
    ["-D", "CLUSTER", "-U", "careboard", "--auth=scram-sha-256", "--pwfile", process.platform === "linux" ? "/proc/self/fd/4" : handover,
      "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"], // prettier-ignore
    cluster,
    runAs,
    handle,
  );
  const words = tail(init);
  const [code] = (await once(init, "exit")) as [number | null];
  closeSync(handle);
  rmSync(handover, { force: true });
  if (code !== 0) throw new Error(`PostgreSQL could not be set up in ${cluster}: ${words().trim()}`);
}

/** Starts a PostgreSQL program on the cluster; the word CLUSTER among the arguments becomes the folder as that process sees it. */
function run(command: string, args: string[], cluster: string, runAs: Account | null, extra?: number): ChildProcess {
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
function tail(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4000);
    });
  return () => text;
}

/** Waits until the database answers, and makes it on the first start. */
async function ready(url: string, ended: () => boolean): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  for (let attempt = 0; ; attempt++) {
    if (ended()) throw new Error("it ended at once");
    const client = new Client({ connectionString: admin.href });
    try {
      await client.connect();
      const held = await client.query("select 1 from pg_database where datname = 'careboard'");
      if (held.rowCount === 0) await client.query("create database careboard");
      return;
    } catch (error) {
      // 57P03: still starting or recovering; ECONNREFUSED: not listening yet. Recovery of much WAL may take minutes.
      const code = (error as { code?: string }).code;
      if (code !== "57P03" && code !== "ECONNREFUSED" && code !== "ECONNRESET") throw error;
      if (attempt > 6000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no loopback port to be had");
  return address.port;
}
