import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, asyncProperty, boolean, integer } from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openWaiting, setWaitingAside, type Waiting } from "./waiting.ts";

const key = randomBytes(32);

async function journalForTest() {
  const folder = await mkdtemp(join(tmpdir(), "careboard-waiting-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const log: string[] = [];
  const opened: Waiting[] = [];
  onTestFinished(async () => {
    for (const waiting of opened) await waiting.close();
  });
  const open = async (by = key) => {
    const waiting = await openWaiting(folder, by, (line) => log.push(line));
    opened.push(waiting);
    return waiting;
  };
  return { folder, log, open, path: join(folder, "waiting.journal") };
}
const line = (word: string, kind = "audit") => ({ id: randomUUID(), kind, body: { word } });

test("lines wait in order across starts until they are delivered, each kind by itself", async () => {
  const { open, path } = await journalForTest();
  const first = await open();
  const [one, two, write] = [line("one"), line("two"), line("a", "write")];
  await Promise.all([first.append(one), first.append(two), first.append(write)]);
  await first.close();

  const again = await open();
  expect(again.count()).toBe(3);
  expect(again.take("audit", 10)).toEqual([one, two]);
  expect(again.take("audit", 1)).toEqual([one]);
  await again.done([one.id, "unknown"]);
  await again.close();

  const third = await open();
  expect(third.take("audit", 10)).toEqual([two]);
  await third.done([two.id, write.id]);
  expect(third.count()).toBe(0);
  // Nothing of what was delivered stays on the disk.
  expect((await stat(path)).size).toBe(0);
  await third.append(one);
  await third.close();
  expect((await open()).take("audit", 10)).toEqual([one]);
});

test("nothing of a line is readable in the file, and another key reads none", async () => {
  const { open, path } = await journalForTest();
  const waiting = await open();
  await waiting.append(line("Anamnesis"));
  await waiting.close();
  expect((await readFile(path)).includes("Anamnesis")).toBe(false);
  const other = await open(randomBytes(32));
  expect(other.count()).toBe(0);
});

test("wherever a crash cuts the file, whole lines before it are kept and the journal goes on", async () => {
  const { open, path } = await journalForTest();
  const lines = [line("one"), line("two"), line("three")];
  const waiting = await open();
  const ends = [0];
  for (const l of lines) {
    await waiting.append(l);
    ends.push((await stat(path)).size);
  }
  await waiting.close();
  const whole = await readFile(path);
  await assert(
    asyncProperty(integer({ min: 0, max: whole.length }), boolean(), async (cut, noise) => {
      await writeFile(path, noise ? Buffer.concat([whole.subarray(0, cut), randomBytes(9)]) : whole.subarray(0, cut));
      const again = await open();
      const kept = ends.filter((end) => end > 0 && end <= cut).length;
      expect(again.take("audit", 10)).toEqual(lines.slice(0, kept));
      const next = line("next");
      await again.append(next);
      await again.close();
      const third = await open();
      expect(third.take("audit", 10)).toEqual([...lines.slice(0, kept), next]);
      await third.close();
    }),
    { numRuns: 60 },
  );
});

test("a changed line in the middle is left out and told; lines can't be moved or doubled", async () => {
  const { open, path, log } = await journalForTest();
  const lines = [line("one"), line("two"), line("three")];
  const waiting = await open();
  const ends: number[] = [];
  for (const l of lines) {
    await waiting.append(l);
    ends.push((await stat(path)).size);
  }
  await waiting.close();
  const whole = await readFile(path);
  const spoiled = Buffer.from(whole);
  const middle = (ends[0] ?? 0) + 40;
  spoiled[middle] = (spoiled[middle] ?? 0) ^ 1;
  await writeFile(path, spoiled);
  const again = await open();
  expect(again.take("audit", 10)).toEqual([lines[0], lines[2]]);
  expect(log).toEqual(["waiting lines: 1 were changed on the disk and are lost"]);
  await again.close();
  // The first line once more behind the last.
  await writeFile(path, Buffer.concat([whole, whole.subarray(24, ends[0])]));
  expect((await open()).take("audit", 10)).toEqual(lines);
});

test("set aside without a key, they come back with it, once, and go on waiting", async () => {
  const { folder, open, path } = await journalForTest();
  expect(await setWaitingAside(folder, Date.parse("2026-11-20T08:00:00Z"))).toBe(false);
  const waiting = await open();
  const [one, two] = [line("one"), line("two")];
  await waiting.append(one);
  await waiting.close();
  expect(await setWaitingAside(folder, Date.parse("2026-11-20T08:00:00Z"))).toBe(true);
  expect(await readdir(folder)).toEqual(["waiting-2026-11-20T08-00-00-000Z.sealed"]);
  const aside = await readFile(join(folder, "waiting-2026-11-20T08-00-00-000Z.sealed"));

  const again = await open();
  await again.append(two);
  expect(again.take("audit", 10)).toEqual([one, two]);
  await again.close();
  expect(await readdir(folder)).toEqual(["waiting.journal"]);
  // A crash before the file was removed: the same lines are there twice, and count once.
  await writeFile(join(folder, "waiting-2026-11-20T08-00-00-000Z.sealed"), aside);
  const third = await open();
  expect(third.count()).toBe(2);
  await third.close();
  await truncate(path, 0);
});

test("a file that begins with something else is kept aside and told, and the journal goes on", async () => {
  const { folder, log, open, path } = await journalForTest();
  const first = await open();
  await first.append(line("one"));
  await first.close();
  const bytes = await readFile(path);
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  await writeFile(path, bytes);
  await writeFile(join(folder, "waiting-2026.sealed"), bytes);

  const again = await open();
  expect(again.count()).toBe(0);
  await again.append(line("two"));
  await again.close();
  expect(log).toHaveLength(2);
  expect((await readdir(folder)).sort()).toEqual([
    "waiting-2026.sealed.damaged",
    "waiting.journal",
    "waiting.journal.damaged",
  ]);
  expect(await readFile(`${path}.damaged`)).toEqual(bytes);
  expect((await open()).count()).toBe(1);
});
