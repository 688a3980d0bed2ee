import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, cpSync, existsSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, truncateSync, writeSync } from "node:fs"; // prettier-ignore
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { replicaKeys } from "./encrypted-keys.ts";
import { eraseReplica } from "./erase-replica.ts";
import { openReplica } from "./open-replica.ts";
import { uncover } from "./template.ts";
import { replicaFolder, replicaForTest, testKey } from "./test-replica.ts";
import { WrongKey } from "./wrong-key.ts";

/** What must never be found in a file: in table, index, log, temporary files. */
const mark = "Marked-Müller-5550123";

/** Another process with the replica open, that carries out `work` (with `ask`) and says each line it prints. */
function otherProcess(folder: string, work: string) {
  const code = `import { openReplica } from ${JSON.stringify(new URL("./open-replica.ts", import.meta.url).href)};
    const replica = await openReplica({ folder: ${JSON.stringify(folder)}, key: Buffer.alloc(32, 7), onView: () => {}, onBroken: (b) => console.log(JSON.stringify(b)) });
    const ask = async (sql, values) => (await replica.query(sql, values)).rows;
    ${work}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: join(import.meta.dirname, "../.."),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  let said = "";
  let over = false;
  const waiting = new Set<() => void>();
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      over = true;
      for (const look of waiting) look();
      resolve();
    });
  });
  child.stderr.on("data", (d: Buffer) => (said += d.toString()));
  child.stdout.on("data", (d: Buffer) => {
    text += d.toString();
    for (const look of waiting) look();
  });
  return {
    /** The whole lines so far, once they are so many. */
    lines: (count: number) =>
      new Promise<string[]>((resolve, reject) => {
        const look = () => {
          const lines = text.split("\n").slice(0, -1);
          if (lines.length < count && !over) return;
          waiting.delete(look);
          if (lines.length < count) reject(new Error(`The process ended early: ${said}`));
          else resolve(lines);
        };
        waiting.add(look);
        look();
      }),
    /** Killed, and every line that was printed until then. */
    killed: async () => {
      child.kill("SIGKILL");
      await ended;
      return text.split("\n").slice(0, -1);
    },
  };
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function findClear(folder: string, text: string): string[] {
  const forms = [Buffer.from(text), Buffer.from(text, "utf16le"), Buffer.from(text, "utf16le").swap16()];
  return filesOf(folder).filter((path) => path.includes(text) || forms.some((f) => readFileSync(path).includes(f)));
}

function change(path: string, at: number, alter: (bytes: Buffer) => void, length = 1): void {
  const fd = openSync(path, "r+");
  const bytes = Buffer.alloc(length);
  readSync(fd, bytes, 0, length, at);
  alter(bytes);
  writeSync(fd, bytes, 0, length, at);
  closeSync(fd);
}
const flip = (bytes: Buffer) => void bytes.writeUInt8(bytes.readUInt8(0) ^ 0x40, 0);

const marked = `create table marked (n int primary key, who text);
  create index on marked (who);
  insert into marked select n, '${mark} ' || n from generate_series(1, 3000) n`;

test("no clear text in any file or name: after checkpoint, vacuum, sorting on disk and a kill, nor in what is set aside", async () => {
  const folder = await replicaFolder();
  const other = otherProcess(folder, `
    for (const sql of ${JSON.stringify(marked)}.split(";")) await ask(sql);
    await ask("checkpoint");
    await ask("update marked set who = who || ' again' where n % 3 = 0");
    await ask("delete from marked where n % 7 = 0");
    await ask("set work_mem = '64kB'");
    await ask("select * from (select who, n from marked order by who desc, n) s offset 2000");
    await ask("vacuum analyze marked");
    console.log("done");
    for (let n = 4000; ; n++) await ask("insert into marked values ($1, $2)", [n, ${JSON.stringify(mark)}]);
  `); // prettier-ignore
  await other.lines(1);
  await other.killed();
  expect(filesOf(folder).length).toBeGreaterThan(900);
  expect(findClear(folder, mark)).toEqual([]);
  // PostgreSQL's own words neither: nothing of a page is left as it was.
  expect(findClear(folder, "pg_attribute")).toEqual([]);
  const replica = await replicaForTest(folder);
  expect(replica.erased).toBeNull();
  expect(await replica.rows("select count(*) > 2000 as many from marked where who like $1", [`${mark}%`])).toEqual([{ many: true }]); // prettier-ignore
  await replica.close();
  change(join(folder, "data/global/pg_control"), 40, flip);
  expect((await replicaForTest(folder)).erased?.why).toBe("damaged");
  expect(existsSync(join(folder, "data.damaged/PG_VERSION"))).toBe(true);
  expect(findClear(folder, mark)).toEqual([]);
});

test("a wrong key is told before PostgreSQL starts, and touches nothing", async () => {
  const folder = await replicaFolder();
  const state = () =>
    filesOf(folder)
      .toSorted()
      .map((path) => `${path} ${statSync(path).mtimeMs} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`); // prettier-ignore
  const before = state();
  const wrong = openReplica({ folder, key: Buffer.alloc(32, 8), onView: () => {}, onBroken: () => {} });
  await expect(wrong).rejects.toBeInstanceOf(WrongKey);
  expect(state()).toEqual(before);
  expect((await replicaForTest(folder)).erased).toBeNull();
});

test("a block that was changed is noticed when it is read: the replica breaks down and names file and block", async () => {
  const replica = await replicaForTest();
  for (const sql of marked.split(";")) await replica.rows(sql);
  const [at] = await replica.rows<{ path: string }>("select pg_relation_filepath('marked') as path");
  const file = must(at, "the file of a table").path;
  await replica.close();
  change(join(replica.folder, "data", file), 512 + 3 * 8220 + 4000, flip);
  const again = await replicaForTest(replica.folder);
  expect(again.erased).toBeNull();
  expect(await again.rows("select count(*) as n from clinics")).toEqual([{ n: 0 }]);
  await expect(again.rows("select sum(length(who)) from marked")).rejects.toThrow(`${file} is damaged: block 3`);
  expect(again.problems).toEqual([
    { kind: "damaged", problem: expect.stringContaining(`${file} is damaged: block 3`) },
  ]);
});

test("a table's file that was cut, or one that is another's, breaks down the same way", async () => {
  const replica = await replicaForTest();
  for (const sql of marked.split(";")) await replica.rows(sql);
  const [at] = await replica.rows<{ path: string; other: string }>(
    "select pg_relation_filepath('marked') as path, pg_relation_filepath('marked_pkey') as other",
  );
  const { path, other } = must(at, "the files of a table");
  await replica.close();
  const copy = `${replica.folder}-copy`;
  cpSync(replica.folder, copy, { recursive: true });
  truncateSync(join(replica.folder, "data", path), 512 + 2 * 8220);
  cpSync(join(copy, "data", other), join(copy, "data", path));
  for (const [folder, what] of [
    [replica.folder, "it was cut"],
    [copy, "it is another file"],
  ] as const) {
    const again = await replicaForTest(folder);
    await expect(again.rows("select sum(length(who)) from marked")).rejects.toThrow(what);
    expect(again.problems).toMatchObject([{ kind: "damaged" }]);
    await again.close();
  }
});

/** Places in the newest file of the log: see encrypted-twice.ts. */
const place = 8240;
function newestPlace(folder: string): { path: string; at: number; version: number } {
  const all = readdirSync(join(folder, "data/pg_wal"))
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .flatMap((name) => {
      const path = join(folder, "data/pg_wal", name);
      const bytes = readFileSync(path);
      const at = Array.from({ length: Math.floor((bytes.length - 512) / place) }, (_, i) => 512 + i * place);
      return at.map((a) => ({ path, at: a, version: bytes.readUIntLE(a, 6) }));
    });
  return must(all.toSorted((a, b) => b.version - a.version)[0], "a block of the log");
}

test("no acknowledged commit is lost when the process is killed, again and again, nor when the next write was torn", async () => {
  const folder = await replicaFolder();
  const made = await replicaForTest(folder);
  await made.rows("create table counted (n int primary key, padding text)");
  await made.close();
  const writing = `let [{ m }] = await ask("select coalesce(max(n), 0) as m from counted");
    for (;;) { await ask("insert into counted values ($1::int, repeat(md5($1::text), 40))", [String(++m)]); console.log(m);
      if (m % 40 === 0) await ask("update counted set padding = padding || 'x' where n > $1", [m - 30]);
      if (m % 150 === 0) await ask("checkpoint"); }`;
  let total = 0;
  for (let kill = 0; kill < 4; kill++) {
    const other = otherProcess(folder, writing);
    await other.lines(60 + kill * 37);
    const last = Number((await other.killed()).at(-1));
    // The next version of the log's last block, as far as a power cut let it come.
    const newest = newestPlace(folder);
    const pairs = Math.floor((newest.at - 512) / (2 * place));
    const spare = 512 + pairs * 2 * place + (newest.at === 512 + pairs * 2 * place ? place : 0);
    change(newest.path, spare, (bytes) => {
      bytes.writeUIntLE(newest.version + 1, 0, 6);
      bytes.fill(0xa5, 8, 4096);
    }, place); // prettier-ignore
    const after = await replicaForTest(folder);
    expect(after.erased).toBeNull();
    const [held] = await after.rows<{ n: number; last: number }>("select count(*) as n, max(n) as last from counted");
    expect(held?.last).toBeGreaterThanOrEqual(last);
    expect(held?.n).toBe(held?.last);
    expect(held?.last).toBeGreaterThan(total);
    total = held?.last ?? 0;
    await after.close();
  }
});

test("a table's block that was torn by a crash is made whole from the log; one that wasn't written since the checkpoint is not", async () => {
  const folder = await replicaFolder();
  const other = otherProcess(folder, `
    for (const sql of ${JSON.stringify(marked)}.split(";")) await ask(sql);
    await ask("checkpoint");
    await ask("update marked set who = who where n = 1");
    console.log((await ask("select pg_relation_filepath('marked') as path, (select (ctid::text::point)[0]::int from marked where n = 1) as block"))[0].path);
  `); // prettier-ignore
  const path = join(folder, "data", must((await other.lines(1))[0], "the file of a table"));
  await other.killed();
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  // The row lay in the first block: its old version was marked there.
  change(path, 512, (bytes) => bytes.fill(0x5a, 4096), 8220);
  const healed = await replicaForTest(folder);
  expect(healed.erased).toBeNull();
  expect(await healed.rows("select count(*) as n from marked")).toEqual([{ n: 3000 }]);
  expect(healed.problems).toEqual([]);
  change(path.replace(folder, copy), 512 + 5 * 8220, (bytes) => bytes.fill(0x5a, 4096), 8220);
  const damaged = await replicaForTest(copy);
  await expect(damaged.rows("select sum(length(who)) from marked")).rejects.toThrow(/block 5/);
});

test("a log that was changed is no log that ends there: the replica is begun anew", async () => {
  const folder = await replicaFolder();
  const other = otherProcess(folder, `
    for (const sql of ${JSON.stringify(marked)}.split(";")) await ask(sql);
    console.log("done");`); // prettier-ignore
  await other.lines(1);
  await other.killed();
  const newest = newestPlace(folder);
  change(newest.path, newest.at + 3000, flip);
  const replica = await replicaForTest(folder);
  expect(replica.erased).toEqual({ why: "damaged", detail: expect.stringContaining("pg_wal/") });
});

test("what version 0.1 left in clear text is erased, also what it had set aside", async () => {
  const folder = await replicaFolder();
  // Uncovered, the files are what PGlite itself would have written.
  for (const name of ["clear", "data.damaged"]) uncover(join(folder, "data"), replicaKeys(testKey), join(folder, name));
  rmSync(join(folder, "data"), { recursive: true });
  renameSync(join(folder, "clear"), join(folder, "data"));
  expect(findClear(folder, "pg_attribute").length).toBeGreaterThan(0);
  const replica = await replicaForTest(folder);
  expect(replica.erased?.why).toBe("clear");
  expect(existsSync(join(folder, "data.damaged"))).toBe(false);
  expect(findClear(folder, "pg_attribute")).toEqual([]);
});

test("a replica is erased for good, but not while it is open", async () => {
  const replica = await replicaForTest();
  await expect(eraseReplica(replica.folder)).rejects.toThrow(/open already/);
  expect(await replica.rows("select count(*) as n from calls")).toEqual([{ n: 0 }]);
  await replica.close();
  cpSync(join(replica.folder, "data/global"), join(replica.folder, "data.damaged"), { recursive: true });
  await eraseReplica(replica.folder);
  expect(readdirSync(replica.folder)).toEqual([]);
  await eraseReplica(replica.folder);
  expect((await replicaForTest(replica.folder, testKey)).erased).toBeNull();
});
