import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { databaseForTest } from "./test-database.ts";

test("a second migration changes nothing", async () => {
  const { owner } = await databaseForTest();
  const before = await owner.query("select name, digest, applied_at from careboard_migrations order by name");
  await migrate(owner);
  const after = await owner.query("select name, digest, applied_at from careboard_migrations order by name");
  expect(after.rows).toEqual(before.rows);
  expect(after.rows.length).toBeGreaterThan(4);
});

test("a database of a newer version is refused, not damaged", async () => {
  const { owner } = await databaseForTest();
  await owner.query("insert into careboard_migrations (name, digest) values ('999-later.sql', 'x')");
  await expect(migrate(owner)).rejects.toThrow(/newer Careboard.*999-later\.sql/);
});
