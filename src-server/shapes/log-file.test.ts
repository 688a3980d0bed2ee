import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { LogFile } from "./log-file.ts";
import { endOfSnapshot, type Offset } from "./offset.ts";

function fileForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "careboard-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "log");
}

/** Writes a transaction of messages, each named after its place. */
function transaction(log: LogFile, lsn: bigint, sizes: number[]): string[] {
  const written = sizes.map((size, n) => JSON.stringify(`${lsn}_${n * 2}${"x".repeat(size)}`));
  written.forEach((json, n) => log.append({ lsn, op: n * 2 }, n === written.length - 1, json));
  return written;
}

/** All that follows an offset, read in pieces of about `bound` bytes. */
async function all(log: LogFile, after: Offset, bound: number): Promise<string[]> {
  const found: string[] = [];
  for (let at = after; ;) {
    const { messages, end, complete } = await log.read(at, bound);
    found.push(...messages.map(String));
    if (complete) return found;
    expect(messages.length).toBeGreaterThan(0);
    at = end;
  }
}

const sizes = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 8 });

test("what was committed is read back from any offset, also after it was opened anew, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ sizes, kept: fc.boolean() }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 200_000 }),
      async (transactions, bound) => {
        const path = fileForTest();
        const log = new LogFile(path);
        const kept: { offset: Offset; json: string }[] = [];
        transactions.forEach((t, n) => {
          const lsn = BigInt(n + 1);
          const written = transaction(log, lsn, t.sizes);
          if (t.kept) {
            log.commit();
            kept.push(...written.map((json, op) => ({ offset: { lsn, op: op * 2 }, json })));
          } else log.rollback();
        });
        const reopened = new LogFile(path);
        for (const held of [log, reopened]) {
          expect(await all(held, endOfSnapshot, bound)).toEqual(kept.map((k) => k.json));
          const middle = Math.floor(kept.length / 2);
          const from = kept[middle]?.offset ?? endOfSnapshot;
          expect(await all(held, from, bound)).toEqual(kept.slice(middle + 1).map((k) => k.json));
          expect(held.last).toEqual(kept.at(-1)?.offset ?? endOfSnapshot);
        }
        log.close();
        reopened.close();
      },
    ),
    { numRuns: 40 },
  );
});

test("wherever the file was cut or a byte was spoilt, whole transactions stay and the rest is gone", async () => {
  const path = fileForTest();
  const log = new LogFile(path);
  const first = transaction(log, 5n, [10, 20]);
  log.commit();
  const boundary = log.bytes;
  transaction(log, 6n, [30, 40, 50]);
  log.commit();
  log.close();
  const whole = readFileSync(path);
  for (let at = boundary; at < whole.length; at += 7) {
    for (const spoil of [
      () => truncateSync(path, at),
      () => writeFileSync(path, whole.with(at, (whole[at] ?? 0) ^ 0x55)),
    ]) {
      writeFileSync(path, whole);
      spoil();
      const again = new LogFile(path);
      expect(await all(again, endOfSnapshot, 1000)).toEqual(first);
      expect(readFileSync(path).length).toBe(boundary);
      // It goes on from there.
      const [third] = transaction(again, 7n, [1]);
      again.commit();
      expect(await all(again, { lsn: 5n, op: 2 }, 1000)).toEqual([third]);
      again.close();
    }
  }
});

test("readers see nothing of a transaction before it has ended", async () => {
  const log = new LogFile(fileForTest());
  transaction(log, 1n, [300_000, 5, 300_000]);
  expect(await all(log, endOfSnapshot, 1000)).toEqual([]);
  log.commit();
  expect(await all(log, endOfSnapshot, 1000)).toHaveLength(3);
  const small = transaction(log, 2n, [5]);
  log.commit();
  transaction(log, 3n, [5]);
  expect(await all(log, { lsn: 1n, op: 4 }, 1000)).toEqual(small);
  log.close();
});

test("damage after the fact is noticed, not served", async () => {
  const path = fileForTest();
  const log = new LogFile(path);
  for (let n = 1; n < 30; n++) {
    transaction(log, BigInt(n), [5_000]);
    log.commit();
  }
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.with(3_000, (bytes[3_000] ?? 0) ^ 1));
  await expect(log.read(endOfSnapshot, 1_000_000)).rejects.toThrow(/damaged/);
  log.close();
});
