import { expect, onTestFinished, test } from "vitest";
import { databaseForTest } from "../database/test-database.ts";
import type { WalMessage } from "./pgoutput.ts";
import { dropSlot, ensureSlot } from "./slot.ts";
import { testClinic } from "./test-clinic.ts";
import { createWalReader } from "./wal-reader.ts";

/** A reader that notes what it is told; `refuse` may throw at a message. */
async function readerForTest(refuse: (told: string[]) => void = () => {}) {
  const database = await databaseForTest();
  const slot = `reader_${Date.now()}`;
  const told: string[] = [];
  const reader = createWalReader({
    url: database.url,
    slot,
    publication: "careboard",
    prepare: async () => (await ensureSlot(database.owner, slot)).position,
    wants: () => true,
    onMessage: (message: WalMessage) => {
      told.push(message.tag === "insert" ? `insert ${message.row.at(2) ?? ""}` : message.tag);
      refuse(told);
    },
    onIdle: () => {},
    onCut: () => told.push("cut"),
    log: () => {},
  });
  onTestFinished(async () => {
    await reader.stop();
    await dropSlot(database.owner, slot);
  });
  await reader.start();
  const rooms = (...names: string[]) => database.owner.query("insert into organizations select gen_random_uuid(), n, n from unnest($1::text[]) n", [names]); // prettier-ignore
  return { ...database, reader, told, slot, rooms };
}

test("after a message that could not be handled nothing more is told until the transaction comes again", async () => {
  let failed = false;
  const { told, rooms } = await readerForTest((held) => {
    if (!failed && held.at(-1) === "insert b") {
      failed = true;
      throw new Error("no space left on device");
    }
  });
  // Enough that many messages lie in one packet.
  const names = ["a", "b", ...Array.from({ length: 2000 }, (_, n) => `c${n}`)];
  await rooms(...names);
  await expect.poll(() => told.includes("commit"), { timeout: 15_000 }).toBe(true);
  const whole = ["begin", "relation", ...names.map((n) => `insert ${n}`), "commit"];
  expect(told).toEqual([...whole.slice(0, 4), "cut", ...whole]);
});

test("the stream stands still between two transactions while somebody needs it", async () => {
  const { told, rooms, reader } = await readerForTest();
  await rooms("a");
  await expect.poll(() => told.at(-1), { timeout: 15_000 }).toBe("commit");
  const before = told.length;
  await reader.between(async () => {
    await rooms("b", "c");
    // Long enough for the stream to have brought them, had it not stood still.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toHaveLength(before);
  });
  await expect.poll(() => told.slice(before), { timeout: 15_000 }).toEqual(["begin", "insert b", "insert c", "commit"]);
});

test("it stands still before the next transaction, even one that has arrived already", async () => {
  const stood: Promise<boolean>[] = [];
  const { told, rooms, reader, owner, slot } = await readerForTest((held) => {
    if (held.at(-1) !== "insert c60" || stood.length > 0) return;
    const still = reader.between(async () => {
      const before = told.length;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return told.at(-1) === "commit" && told.length === before;
    });
    stood.push(still);
  });
  // A backlog after a new connection: many transactions come in one packet.
  await reader.between(async () => {
    await owner.query("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1", [slot]);
    for (const name of Array.from({ length: 80 }, (_, n) => `c${n}`)) await rooms(name);
  });
  await expect.poll(() => told.includes("insert c79"), { timeout: 15_000 }).toBe(true);
  expect(await Promise.all(stood)).toEqual([true]);
});

test("a connection that breaks meanwhile loses nothing", async () => {
  const { told, rooms, reader, owner, slot } = await readerForTest();
  await rooms("a");
  await expect.poll(() => told.at(-1), { timeout: 15_000 }).toBe("commit");
  const before = told.length;
  await reader.between(async () => {
    await rooms("b");
    await owner.query("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1", [slot]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toHaveLength(before);
  });
  await expect.poll(() => told.slice(before), { timeout: 15_000 }).toContain("insert b");
});

test("what is acknowledged is not told again, what isn't is", async () => {
  const { told, rooms, reader, owner, slot } = await readerForTest();
  await testClinic(owner, "north");
  await rooms("a");
  await expect.poll(() => told.filter((t) => t === "insert a"), { timeout: 15_000 }).toHaveLength(1);
  reader.acknowledge(reader.end);
  await rooms("b");
  await expect.poll(() => told.filter((t) => t === "insert b"), { timeout: 15_000 }).toHaveLength(1);
  await owner.query("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1", [slot]);
  await expect.poll(() => told.filter((t) => t === "insert b"), { timeout: 15_000 }).toHaveLength(2);
  expect(told.filter((t) => t === "insert a")).toHaveLength(1);
});
