import { rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { parsers } from "#shared/schema/parsers.ts";
import type { Ahead } from "./ahead.ts";
import { isDiskFull } from "./broken.ts";
import { judgeFolder } from "./encrypted-folder.ts";
import { replicaKeys } from "./encrypted-keys.ts";
import { ReplicaFilesystem } from "./filesystem.ts";
import { migrateReplica } from "./migrate-replica.ts";
import type { Erased } from "./protocol.ts";
import { schemaFiles } from "./schema-files.ts";
import { startParams } from "./start-params.ts";
import { layTemplate } from "./template.ts";
import { WrongKey } from "./wrong-key.ts";

/** Below this a replica is not opened: PostgreSQL would stop in the middle of a write. */
const leastFree = 64 * 1024 * 1024;

export type Opened = {
  pg: PGlite;
  /** Why the replica was begun anew; null when it is as it was left. */ erased: Erased | null;
  /** Calls `listener` when a file is noticed to be damaged, with the file and the block. */
  onDamage: (listener: (problem: string) => void) => void;
};

type Attempt = { opened: Opened } | { why: Erased["why"]; detail: string };

/**
 * Opens the replica in `folder`, which the caller has locked. It is a cache: one that is damaged is set aside (the last such is
 * kept beside it, as encrypted as it was), one of another version or in clear text is erased, and either is fetched again.
 *
 * @param key the 32 bytes that its files are encrypted with
 * @param ahead what was loaded before; PGlite loads it itself where it wasn't
 * @throws WrongKey when they are encrypted with another key: nothing was touched then
 * @throws an Error for people when the disk is full, or a fresh replica can't be opened either
 */
export async function openDatabase(folder: string, schema: string, key: Uint8Array, ahead?: Ahead): Promise<Opened> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < leastFree) throw diskFull(folder);
  const data = join(folder, "data");
  const files = await schemaFiles(schema);
  const keys = replicaKeys(key);

  const attempt = async (): Promise<Attempt> => {
    const fs = new ReplicaFilesystem(data, keys);
    try {
      const pg = await PGlite.create({ fs, parsers, startParams, ...ahead });
      const outcome = await migrateReplica(
        {
          exec: (sql) => pg.exec(sql),
          rows: async <T>(sql: string, values?: unknown[]) => (await pg.query<T>(sql, values)).rows,
        },
        files,
      );
      // PostgreSQL takes a damaged log for one that ends there, and goes on without what was in it.
      if (fs.files.damage !== null) throw new Error(fs.files.damage);
      if (outcome === "ready")
        return { opened: { pg, erased: null, onDamage: (listen) => (fs.files.onDamage = listen) } };
      await pg.close();
      return { why: "version", detail: outcome.unfit };
    } catch (error) {
      fs.files.close();
      // A full disk damages nothing, and setting the replica aside would not help.
      if (fs.files.damage === null && isDiskFull(error)) throw diskFull(folder);
      return { why: "damaged", detail: fs.files.damage ?? (error instanceof Error ? error.message : String(error)) };
    }
  };

  const judged = judgeFolder(data, keys);
  if (judged === "otherKey") throw new WrongKey();
  // What version 0.1 set aside is in clear text.
  if (judgeFolder(`${data}.damaged`, keys) === "clear") await rm(`${data}.damaged`, { recursive: true });
  let erased: Erased | null = null;
  if (judged === "clear") {
    await rm(data, { recursive: true });
    erased = { why: "clear", detail: "an earlier version kept it without encryption" };
  }
  layTemplate(data, files, keys);
  // What a killed process had sorted on the disk: PostgreSQL's single-user mode never clears it away, and it holds rows.
  await rm(join(data, "base/pgsql_tmp"), { recursive: true, force: true });
  const first = await attempt();
  if ("opened" in first) return { ...first.opened, erased };
  if (first.why === "damaged") {
    await rm(`${data}.damaged`, { recursive: true, force: true });
    await rename(data, `${data}.damaged`);
  } else await rm(data, { recursive: true, force: true });
  layTemplate(data, files, keys);
  const second = await attempt();
  if (!("opened" in second)) throw new Error(`This version can't make a replica: ${second.detail}. Install it again.`);
  return { ...second.opened, erased: first };
}

function diskFull(folder: string): Error {
  return new Error(`The disk is full: the replica in ${folder} needs room. Free at least 1 GB, then connect again.`);
}
