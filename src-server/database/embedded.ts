import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { account } from "./account.ts";
import { installedPostgres, reachablePostgres } from "./binaries.ts";
import { freePort } from "./free-port.ts";
import { initialiseCluster } from "./initialise-cluster.ts";
import { lastWords, postgresProgram } from "./postgres-program.ts";
import { alive, postgresReady } from "./postgres-ready.ts";

/**
 * A running PostgreSQL of our own. `url` is the owner's; `adopted` says it was running before; `stop` shuts it down
 * cleanly. When it dies by itself it is started again on the same port, so that every connection finds its way back.
 */
export type Embedded = { url: string; adopted: boolean; stop: () => Promise<void> };

const settings = [
  "listen_addresses=127.0.0.1", "unix_socket_directories=", "wal_level=logical", "max_wal_senders=10", "max_replication_slots=10",
  "max_slot_wal_keep_size=2GB", "shared_buffers=128MB", "timezone=UTC", "log_timezone=UTC", "logging_collector=off",
  "log_min_messages=warning", "max_connections=100", "log_statement=none", "log_min_error_statement=panic",
].flatMap((setting) => ["-c", setting]); // prettier-ignore

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const runAs = account(cluster);
  const program = runAs ? await reachablePostgres() : installedPostgres();
  if (!existsSync(join(cluster, "PG_VERSION"))) await initialiseCluster(program, cluster, passwordFile, runAs);
  if (runAs) chownSync(cluster, runAs.uid, runAs.gid);
  const password = readFileSync(passwordFile, "utf8").trim();
  const urlAt = (port: number) => `postgresql://careboard:${encodeURIComponent(password)}@127.0.0.1:${port}/careboard`;

  const found = await running(cluster, urlAt);
  const port = found?.port ?? (await freePort());
  const url = urlAt(port);
  const wish = { stop: false };
  let process: Running = found ?? (await launch());
  const keeping = keep();
  return {
    url,
    adopted: found !== null,
    stop: async () => {
      wish.stop = true;
      await process.end();
      await keeping;
    },
  };

  async function launch(): Promise<Running> {
    const server = postgresProgram(
      join(program, "bin", "postgres"),
      ["-D", "CLUSTER", "-p", String(port), ...settings],
      cluster,
      runAs,
    );
    const words = lastWords(server);
    const ended = () => server.exitCode !== null || server.signalCode !== null;
    try {
      await postgresReady(url, ended);
    } catch (error) {
      server.kill("SIGINT");
      throw new Error(`PostgreSQL did not start in ${cluster}: ${words().trim() || String(error)}`, { cause: error });
    }
    return ours(server, ended);
  }

  /** Starts it again whenever it has gone without being told to. */
  async function keep(): Promise<void> {
    for (;;) {
      await process.gone;
      for (let delay = 100; !wish.stop; delay = Math.min(delay * 2, 5000)) {
        const again = await launch().catch(() => null);
        if (again) {
          process = again;
          break;
        }
        await pause(delay);
      }
      if (wish.stop) {
        // Told to stop while it was being started again.
        await process.end();
        return;
      }
    }
  }
}

type Running = { gone: Promise<unknown>; end: () => Promise<void> };

/** Fast shutdown (SIGINT): connections are ended, everything committed is flushed. */
function ours(server: ChildProcess, ended: () => boolean): Running {
  const gone = ended() ? Promise.resolve() : once(server, "exit");
  return {
    gone,
    end: async () => {
      if (!ended()) server.kill("SIGINT");
      await gone;
    },
  };
}

/**
 * A clinic server that was killed leaves its PostgreSQL running. The next start takes it over as it is; whether another
 * clinic server still uses it is told by the lock that every one of them takes in the database.
 */
async function running(cluster: string, urlAt: (port: number) => string): Promise<(Running & { port: number }) | null> {
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !alive(pid)) return null;
  try {
    await postgresReady(urlAt(port), () => !alive(pid));
  } catch {
    // Somebody else's process by the same number: PostgreSQL itself tells a stale file from a live one.
    return null;
  }
  const gone = (async () => {
    while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 200).unref());
  })();
  return {
    port,
    gone,
    end: async () => {
      if (alive(pid)) globalThis.process.kill(pid, "SIGINT");
      while (alive(pid)) await pause(20);
    },
  };
}
