import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openReplica } from "./open-replica.ts";
import { createSpareThread } from "./spare-thread.ts";
import { replicaFolder, testKey } from "./test-replica.ts";

test("a thread begun before it is known for whom takes one replica; the next gets another", async () => {
  const threads = createSpareThread();
  onTestFinished(threads.close);
  threads.prepare();
  // As somebody who types their password: it has loaded everything by then, and waits.
  await setTimeout(500);
  const taken: number[] = [];
  const open = async (key: Uint8Array) =>
    openReplica({
      folder: await replicaFolder(),
      key,
      thread: () => {
        const thread = threads.take();
        taken.push(thread.threadId);
        return thread;
      },
      onView: () => {},
      onBroken: () => {},
    });
  const replica = await open(testKey);
  expect(await replica.query("select 1 as n")).toMatchObject({ rows: [{ n: 1 }] });
  await replica.close();
  await expect(open(Buffer.alloc(32, 8))).rejects.toThrow(/another key/i);
  expect(new Set(taken).size).toBe(2);
});
