import { randomBytes } from "node:crypto";
import { Kysely, PostgresDialect } from "kysely";
import { Client, type Pool } from "pg";
import { inject, onTestFinished } from "vitest";
import type { DB } from "#shared/schema/database.ts";
import { openPool } from "./pool.ts";

/** A fresh copy of the migrated template, gone when the test (or `beforeAll`'s suite, by calling `drop`) ends. */
export async function testDatabase(): Promise<{
  url: string;
  pool: Pool;
  db: Kysely<DB>;
  drop: () => Promise<void>;
}> {
  const cluster = inject("testCluster");
  const name = `t_${randomBytes(6).toString("hex")}`;
  await admin(cluster, `create database ${name} template careboard strategy wal_log`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const pool = openPool(url.href);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const drop = async () => {
    await pool.end();
    await admin(cluster, `drop database if exists ${name} with (force)`);
  };
  return { url: url.href, pool, db, drop };
}

/** The same for one test: dropped when it ends. */
export async function databaseForTest() {
  const database = await testDatabase();
  onTestFinished(database.drop);
  return database;
}

async function admin(cluster: string, statement: string): Promise<void> {
  const url = new URL(cluster);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    // Copying a template needs it to itself: another test's copy may be under way.
    await client.query("select pg_advisory_lock(7203, 3)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
