import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { SyncView } from "../sync/sync-view.ts";
import type { Broken } from "./protocol.ts";
import { openReplica, type Replica } from "./open-replica.ts";

export type TestReplica = Replica & {
  folder: string;
  views: SyncView[];
  problems: Broken[];
  /** Resolves at the first view that is so. */
  until: (so: (view: SyncView) => boolean) => Promise<SyncView>;
  rows: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
};

/** What the tests' replicas are encrypted with. */
export const testKey = Buffer.alloc(32, 7);

let made: Promise<string> | undefined;

/** A folder with a replica that was never filled: making one takes seconds, copying it none. */
export async function replicaFolder(): Promise<string> {
  made ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "careboard-replica-template-"));
    await (await openReplica({ folder, key: testKey, onView: () => {}, onBroken: () => {} })).close();
    return folder;
  })();
  const folder = mkdtempSync(join(tmpdir(), "careboard-replica-"));
  cpSync(await made, folder, { recursive: true });
  return folder;
}

/** Opens the replica in a folder (a fresh one if none is named) for one test, and closes it after. */
export async function replicaForTest(folder?: string, key: Uint8Array = testKey): Promise<TestReplica> {
  const place = folder ?? (await replicaFolder());
  const views: SyncView[] = [];
  const problems: Broken[] = [];
  const watching = new Set<() => void>();
  const replica = await openReplica({
    folder: place,
    key,
    onView: (view) => {
      views.push(view);
      for (const look of watching) look();
    },
    onBroken: (broken) => problems.push(broken),
  });
  views.push(replica.view());
  onTestFinished(() => (existsSync(join(place, "lock")) ? replica.close() : undefined));
  const until = (so: (view: SyncView) => boolean) =>
    new Promise<SyncView>((resolve) => {
      const look = () => {
        if (!so(replica.view())) return;
        watching.delete(look);
        resolve(replica.view());
      };
      watching.add(look);
      look();
    });
  const rows = async <T>(sql: string, values: unknown[] = []) => (await replica.query(sql, values)).rows as T[];
  return { ...replica, folder: place, views, problems, until, rows };
}
