import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { defaultTerms } from "#shared/contract/session.ts";
import { leaseFrom } from "./lease.ts";
import { readLease, writeLease } from "./lease-file.ts";
import { leaseFile, sweepLeases } from "./sweep-leases.ts";
import { createVault } from "./vault.ts";
import { openWaiting } from "./waiting.ts";

const start = Date.parse("2026-11-20T08:00:00Z");
const day = 86_400_000;

async function personForTest(home: string) {
  const userId = randomUUID();
  const folder = join(home, "replicas", userId);
  await mkdir(join(folder, "data"), { recursive: true });
  await writeFile(join(folder, "data", "rows"), "cipher text");
  return { userId, folder, holds: () => existsSync(join(folder, "data", "rows")) };
}
async function homeForTest() {
  const home = await mkdtemp(join(tmpdir(), "careboard-leases-"));
  onTestFinished(() => rm(home, { recursive: true }));
  const sweep = (now: number, more: { ran?: number; except?: string } = {}) =>
    sweepLeases({ home, now, ran: more.ran ?? 0, except: more.except ?? null, log: () => {} });
  return { home, sweep };
}

test("data of people who don't come back are erased when their lease is over; their key and waiting lines stay", async () => {
  const { home, sweep } = await homeForTest();
  const [ann, bob] = [await personForTest(home), await personForTest(home)];
  const key = await createVault(ann.folder, { password: "right", wrapper: null });
  await createVault(bob.folder, { password: "right", wrapper: null });
  const waiting = await openWaiting(ann.folder, key, () => {});
  await waiting.append({ id: randomUUID(), kind: "audit", body: {} });
  await waiting.close();
  for (const { folder } of [ann, bob])
    await writeLease(folder, leaseFile({ lease: leaseFrom(start), terms: defaultTerms, erasedAt: null }));

  await sweep(start + 13 * day);
  expect([ann.holds(), bob.holds()]).toEqual([true, true]);
  await sweep(start + 14 * day, { except: bob.userId });
  expect([ann.holds(), bob.holds()]).toEqual([false, true]);
  const left = await readdir(ann.folder);
  expect(left).toContain("vault.json");
  expect(left).toContain("lease.json");
  expect(left.filter((name) => /^waiting-.*\.sealed$/.test(name))).toHaveLength(1);
  expect(await readLease(ann.folder)).toMatchObject({ erasedAt: new Date(start + 14 * day).toISOString() });
  const again = await openWaiting(ann.folder, key, () => {});
  expect(again.count()).toBe(1);
  await again.close();
});

test("a clock set back doesn't keep them; a missing lease begins anew, and ends", async () => {
  const { home, sweep } = await homeForTest();
  const ann = await personForTest(home);
  await createVault(ann.folder, { password: "right", wrapper: null });
  await sweep(start);
  await sweep(start + 13 * day);
  await sweep(start - 100 * day);
  expect(ann.holds()).toBe(true);
  await sweep(start - 99 * day);
  expect(ann.holds()).toBe(false);
});

test("what has no key is erased at once: nobody opens it again, or an earlier version kept it in clear", async () => {
  const { home, sweep } = await homeForTest();
  const ann = await personForTest(home);
  await writeFile(join(ann.folder, "session.sealed"), "noise");
  await sweep(start);
  expect(await readdir(ann.folder)).toEqual([]);
});

test("one person's folder that can't be looked at keeps nobody else's data beyond their lease", async () => {
  const { home } = await homeForTest();
  const [ann, bob] = [await personForTest(home), await personForTest(home)];
  await createVault(ann.folder, { password: "right", wrapper: null });
  await createVault(bob.folder, { password: "right", wrapper: null });
  // A folder where a file should be: as unreadable as a disk's fault, also for an administrator's account.
  await rm(join(ann.folder, "vault.json"));
  await mkdir(join(ann.folder, "vault.json"));
  await writeLease(bob.folder, leaseFile({ lease: leaseFrom(start), terms: defaultTerms, erasedAt: null }));
  const said: string[] = [];
  const now = start + 20 * day;
  await sweepLeases({ home, now, ran: 0, except: null, log: (line) => said.push(line) });
  expect([ann.holds(), bob.holds()]).toEqual([true, false]);
  expect(said.join()).toContain("could not be looked at");
});
