import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { replicaKeys } from "./encrypted-keys.ts";
import { openDatabase } from "./open-database.ts";
import { resources } from "./resources.ts";
import { schemaFiles } from "./schema-files.ts";
import { templateFolder, templateKey, uncover } from "./template.ts";

// Run as a process of its own, whose memory goes with it: makes an empty replica of this version's schema and leaves it
// where every desk of this checkout finds it, in clear text: there is nothing in it but the schema. Others, of other versions, go.
const schema = join(resources(), "schema");
const key = templateKey(await schemaFiles(schema));
const folder = templateFolder();
const aside = `${folder}.${process.pid}`;
await mkdir(aside, { recursive: true, mode: 0o700 });
try {
  const secret = randomBytes(32);
  const { pg } = await openDatabase(aside, schema, secret);
  await pg.exec("checkpoint");
  await pg.close();
  uncover(join(aside, "data"), replicaKeys(secret), join(aside, "clear"));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Another command was quicker with the same.
  await rename(join(aside, "clear"), join(folder, key)).catch(() => {});
} finally {
  await rm(aside, { recursive: true, force: true });
}
