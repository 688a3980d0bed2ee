import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../src-server/database/open.ts";

// Writes src-shared/schema/database.ts, the row types, from a database that the .sql files have just made.
const folder = mkdtempSync(join(tmpdir(), "careboard-codegen-"));
const database = await openDatabase({ folder });
try {
  execFileSync(
    join(import.meta.dirname, "../node_modules/.bin/kysely-codegen"),
    ["--dialect", "postgres", "--url", database.url, "--out-file", "src-shared/schema/database.ts", "--date-parser", "string",
      "--type-mapping", JSON.stringify({ timestamptz: "string", timestamp: "string", int8: "number", numeric: "string", date: "string", bytea: "Uint8Array" }),
      "--exclude-pattern", "careboard_migrations"], // prettier-ignore
    { stdio: "inherit", cwd: join(import.meta.dirname, "..") },
  );
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
