import { rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { parsers } from "#shared/schema/parsers.ts";
import { replicaFilesystem } from "./filesystem.ts";
import { migrateReplica } from "./migrate-replica.ts";
import { schemaFiles } from "./schema-files.ts";
import { layTemplate } from "./template.ts";

/** Settings of PostgreSQL's single-user mode as PGlite needs them, without its `-F`: commits reach the disk. */
const settings = [
  "search_path=public", "exit_on_error=false", "log_checkpoints=false", "max_worker_processes=0", "max_parallel_workers=0",
  "max_parallel_workers_per_gather=0", "max_parallel_maintenance_workers=0", "io_method=sync", "wal_sync_method=fsync",
  "TimeZone=UTC", "DateStyle=ISO", "IntervalStyle=iso_8601", "extra_float_digits=1", "jit=off", "work_mem=8MB", "shared_buffers=48MB", "wal_buffers=8MB",
]; // prettier-ignore
const startParams = ["--single", "-O", "-j", ...settings.flatMap((s) => ["-c", s])];

/** Below this a replica is not opened: PostgreSQL would stop in the middle of a write. */
const leastFree = 64 * 1024 * 1024;

export type Opened = {
  pg: PGlite;
  /** Why the replica was begun anew; null when it is as it was left. */ erased: string | null;
};

/**
 * Opens the replica in `folder`, which the caller has locked. It is a cache: one that can't be opened is set aside (the last
 * such is kept beside it), one of another version is erased, and either is fetched again.
 *
 * @throws an Error for people when the disk is full, or a fresh replica can't be opened either
 */
export async function openDatabase(folder: string, schema: string): Promise<Opened> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < leastFree)
    throw new Error(`The disk is full: the replica in ${folder} needs room. Free at least 1 GB, then connect again.`);
  const data = join(folder, "data");
  const files = await schemaFiles(schema);
  const attempt = async (): Promise<PGlite | { unfit: string }> => {
    const pg = await PGlite.create({ fs: replicaFilesystem(data), parsers, startParams });
    const outcome = await migrateReplica(
      {
        exec: (sql) => pg.exec(sql),
        rows: async <T>(sql: string, values?: unknown[]) => (await pg.query<T>(sql, values)).rows,
      },
      files,
    );
    if (outcome === "ready") return pg;
    await pg.close();
    return outcome;
  };
  layTemplate(data, files);
  const first = await attempt().catch((error: unknown) => ({
    damaged: error instanceof Error ? error.message : String(error),
  }));
  if (first instanceof PGlite) return { pg: first, erased: null };
  if ("damaged" in first) {
    await rm(`${data}.damaged`, { recursive: true, force: true });
    await rename(data, `${data}.damaged`);
  } else await rm(data, { recursive: true, force: true });
  const second = await attempt();
  if (!(second instanceof PGlite))
    throw new Error(`This version can't make a replica: ${second.unfit}. Install it again.`);
  return { pg: second, erased: "damaged" in first ? `it could not be opened (${first.damaged})` : first.unfit };
}
