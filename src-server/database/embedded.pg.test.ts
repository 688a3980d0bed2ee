import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "./open.ts";
import { openPool } from "./pool.ts";

async function database() {
  const folder = mkdtempSync(join(tmpdir(), "careboard embedded "));
  const opened = await openDatabase({ folder });
  const owner = openPool(opened.url, 2);
  onTestFinished(async () => {
    await owner.end();
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });
  /** One value, or null while PostgreSQL is away. */
  const ask = async (query: string): Promise<unknown> =>
    (await owner.query<{ value: unknown }>(`select (${query}) as value`).catch(() => null))?.rows[0]?.value ?? null;
  /** Kills PostgreSQL and waits until another one answers. */
  const restart = async () => {
    const began = await ask("select pg_postmaster_start_time()");
    process.kill(Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL");
    await expect.poll(() => ask("select pg_postmaster_start_time()"), { timeout: 30_000 }).not.toBeOneOf([began, null]);
  };
  return { folder, owner, ask, restart };
}

test("PostgreSQL killed comes back by itself on the same address, with what was committed", async () => {
  const { owner, ask, restart } = await database();
  await owner.query("create table kept as select 42 as n");
  await restart();
  expect(await ask("select n from kept")).toBe(42);
});

test("one server a folder: a second one is refused, also after PostgreSQL restarted under the first", async () => {
  const { folder, ask, restart } = await database();
  await expect(openDatabase({ folder })).rejects.toThrow(/already running on .*careboard embedded/);
  await restart();
  const locks = () => ask("select count(*) from pg_locks where locktype = 'advisory' and objid = 2");
  await expect.poll(locks, { timeout: 30_000 }).toBe(1);
  await expect(openDatabase({ folder })).rejects.toThrow("already running");
  // The refused one has left the first one's PostgreSQL alone.
  expect(await ask("select 1")).toBe(1);
});
