import { expect, test } from "vitest";
import { databaseForTest } from "./test-database.ts";

test("no connection runs as the owner", async () => {
  const { pool, systemPool, owner } = await databaseForTest();
  const who = async (of: typeof pool) => (await of.query("select current_user::text as who")).rows;
  expect(await who(pool)).toEqual([{ who: "careboard_nobody" }]);
  expect(await who(systemPool)).toEqual([{ who: "careboard_server" }]);
  expect(await who(owner)).toEqual([{ who: "careboard" }]);
});

test("what is nobody's connection reads nothing, and the server's makes and takes away no table", async () => {
  const { pool, systemPool, owner } = await databaseForTest();
  const { rows } = await owner.query<{ name: string }>(
    "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')",
  );
  expect(rows.length).toBeGreaterThan(30);
  for (const { name } of rows)
    await expect(pool.query(`select from public.${name}`)).rejects.toThrow("permission denied for schema public");
  await expect(systemPool.query("create table mine (n integer)")).rejects.toThrow("permission denied");
  await expect(systemPool.query("drop table calls")).rejects.toThrow("must be owner");
  await expect(systemPool.query("truncate calls")).rejects.toThrow("permission denied");
  await expect(systemPool.query("select from careboard_migrations")).rejects.toThrow("permission denied");
  await expect(systemPool.query("select refresh_statistics()")).resolves.toBeDefined();
});

test("the audit log is added to and never changed", async () => {
  const { systemPool } = await databaseForTest();
  await systemPool.query(
    "insert into audit_log (id, at, occurred_at, action, subject, previous, hash) values (1, now(), now(), 'view', 'x', '', '')",
  );
  for (const statement of ["update audit_log set subject = 'y'", "delete from audit_log", "truncate audit_log"])
    await expect(systemPool.query(statement)).rejects.toThrow("permission denied for table audit_log");
});
