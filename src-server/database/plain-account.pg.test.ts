import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { memberForTest } from "../handlers/member-for-test.ts";
import { createShapes } from "../shapes/create-shapes.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { madeUp } from "#shared/clinic/fixture/made-up.ts";
import { asMember } from "./as-member.ts";
import { startEmbedded } from "./embedded.ts";
import { openDatabase } from "./open.ts";

test("an account that may make roles and replicate will do: it need be no superuser and bypass no row-level security", async () => {
  const folder = mkdtempSync(join(tmpdir(), "careboard-account-"));
  const embedded = await startEmbedded(folder);
  onTestFinished(async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const superuser = new Client({ connectionString: embedded.url });
  await superuser.connect();
  await superuser.query("create role plain login replication password 'plain'");
  await superuser.query("create database clinic owner plain");
  const url = new URL(embedded.url);
  Object.assign(url, { username: "plain", password: "plain", pathname: "/clinic" });

  await expect(openDatabase({ url: url.href, folder })).rejects.toThrow("ALTER ROLE … CREATEROLE");
  await superuser.query("alter role plain createrole");
  await superuser.end();

  // Twice: a later start finds the roles that the first one made.
  for (const start of [1, 2]) {
    const database = await openDatabase({ url: url.href, folder });
    const shapes = await createShapes({
      url: url.href,
      pool: database.systemPool,
      folder,
      log: { info: () => {}, warn: () => {} },
    });
    await shapes.start();
    if (start === 1) await load(database.system, madeUp(3, 60));
    const manager = memberForTest({ clinic: 1, role: "manager" });
    const counted = await asMember(database.db, manager, async (tx) => [
      (await tx.selectFrom("call_facts").select("clinic_id").execute()).length,
      (
        await tx
          .selectFrom("calls_by_hour")
          .select(({ fn }) => fn.sum<string>("calls").as("calls"))
          .executeTakeFirstOrThrow()
      ).calls,
    ]);
    expect(counted[0]).toBeGreaterThan(0);
    expect(counted[0]).toBe(Number(counted[1]));
    await expect(database.db.selectFrom("calls").select("id").execute()).rejects.toThrow("does not exist");
    const { rows } = await database.systemPool.query(
      "select rolname from pg_roles where rolname ~ '^careboard_' and (rolsuper or rolbypassrls or rolcanlogin)",
    );
    expect(rows).toEqual([]);
    await shapes.stop();
    await database.close();
  }
});
