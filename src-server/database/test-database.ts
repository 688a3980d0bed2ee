import { randomBytes } from "node:crypto";
import { Client, type Pool } from "pg";
import { inject, onTestFinished } from "vitest";
import { type Handles, openHandles } from "./handles.ts";
import { openPool } from "./pool.ts";

export type TestDatabase = Handles & {
  url: string;
  /** The account's own connections: for what only an owner does, like altering a table or dropping a slot. */
  owner: Pool;
  drop: () => Promise<void>;
};

/**
 * A fresh copy of the migrated template, gone when the test (or `beforeAll`'s suite, by calling `drop`) ends. The handles are those
 * of a real server: `db` is nobody outside of asMember(), so fixtures are written by `system`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject("testCluster");
  const name = `t_${randomBytes(6).toString("hex")}`;
  await admin(cluster, `create database ${name} template careboard strategy wal_log`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const owner = openPool(url.href);
  const { end, ...handles } = openHandles(url.href);
  const drop = async () => {
    await end();
    await owner.end();
    await admin(cluster, `drop database if exists ${name} with (force)`);
  };
  return { ...handles, url: url.href, owner, drop };
}

/** The same for one test: dropped when it ends. */
export async function databaseForTest(): Promise<TestDatabase> {
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
