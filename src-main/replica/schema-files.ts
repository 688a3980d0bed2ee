import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** `once`: applied once and never changed after; the others are stated anew whenever anything changed. */
export type SchemaFile = { name: string; sql: string; digest: string; once: boolean };

/** The schema that both engines share, and after it what only replicas have. `folder` is resources/schema. */
export async function schemaFiles(folder: string): Promise<SchemaFile[]> {
  return [...(await read(folder, true)), ...(await read(join(folder, "replica"), false))];
}

async function read(folder: string, once: boolean): Promise<SchemaFile[]> {
  const names = (await readdir(folder)).filter((n) => n.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      return { name, sql, digest: createHash("sha256").update(sql).digest("hex"), once };
    }),
  );
}
