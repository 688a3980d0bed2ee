import { PGlite } from "@electric-sql/pglite";
import { isChangeMessage, ShapeStream } from "@electric-sql/client";
import type { SyncFigures } from "./first-sync-desk.ts";
import type { DeskInput } from "./kit/open-desk.ts";
import { answerParent, childInput } from "./kit/run-child.ts";
import { watchProcess } from "./kit/watch-process.ts";

// The same shape through the official client, as a program without an applier of its own would do it: rows counted in
// memory, or with a folder also inserted one by one into a PGlite in the main thread, in one transaction a batch.
const input = childInput() as Omit<DeskInput, "home"> & { home: string | null };
const signedIn = await fetch(new URL("/api/session", input.serverUrl), {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ email: input.email, password: input.password }),
});
const { data } = (await signedIn.json()) as { data: { accessToken: string } };

const watch = watchProcess();
const start = performance.now();
const db = input.home === null ? null : await PGlite.create(input.home);
const ended = new AbortController();
const url = new URL("/v1/shape", input.serverUrl);
const stream = new ShapeStream<Record<string, string | null>>({
  url: url.href,
  params: { table: "calls" },
  headers: { authorization: `Bearer ${data.accessToken}` },
  // Values as text, as a database would take them.
  parser: Object.fromEntries(["int2", "int4", "int8", "bool", "date"].map((type) => [type, (text: string) => text])),
  signal: ended.signal,
});
let rows = 0;
let columns: string[] = [];
await new Promise<void>((resolve, reject) => {
  stream.subscribe(async (messages) => {
    const changes = messages.filter(isChangeMessage);
    rows += changes.length;
    if (db && changes.length > 0) {
      if (columns.length === 0) {
        columns = Object.keys(changes[0]?.value ?? {});
        await db.exec(`create table calls (${columns.map((c) => `"${c}" text`).join(", ")}, primary key (id))`);
      }
      const insert = `insert into calls (${columns.map((c) => `"${c}"`).join(", ")}) values (${columns.map((_, i) => `$${i + 1}`).join(", ")})`;
      await db.transaction(async (tx) => {
        for (const { value } of changes)
          await tx.query(
            insert,
            columns.map((c) => value[c] ?? null),
          );
      });
    }
    if (messages.some((m) => "control" in m.headers && m.headers.control === "up-to-date")) resolve();
  }, reject);
});
const seconds = (performance.now() - start) / 1000;
const figures = watch.end();
ended.abort();
await db?.close();
await answerParent({
  rows,
  seconds,
  totalSeconds: seconds,
  usableMilliseconds: seconds * 1000,
  ...figures,
} satisfies SyncFigures);
process.exit(0);
