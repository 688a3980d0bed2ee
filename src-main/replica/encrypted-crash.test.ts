import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import type { EncryptedFile } from "./encrypted-file.ts";
import { EncryptedFolder } from "./encrypted-folder.ts";
import { replicaKeys } from "./encrypted-keys.ts";

// What a power cut may leave: each sector that was written since the last fsync is the old one or the new one, and the file
// is as long as it was or as it became. What a kill leaves: the file as it was written, of which the disk may not have heard yet.
// Both may come between two changes or while an fsync is under way. The fsyncs that the files themselves ask for are watched, so
// that nothing is taken for being on the disk that isn't.

const keys = replicaKeys(Buffer.alloc(32, 5));
const block = 8192;
const sector = 512;
const plainFsync = fs.fsyncSync;

let home: string;
/** Told before each fsync, and after it. */
let onFsync: (done: boolean) => void = () => {};
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "careboard-crash-"));
  for (const below of ["base/5", "pg_wal"]) mkdirSync(join(home, "data", below), { recursive: true });
  fs.fsyncSync = (fd) => {
    onFsync(false);
    plainFsync(fd);
    onFsync(true);
  };
  syncBuiltinESMExports();
});
afterEach(() => {
  onFsync = () => {};
  fs.fsyncSync = plainFsync;
  syncBuiltinESMExports();
  rmSync(home, { recursive: true });
});

const change = record({
  kind: constantFrom("write", "write", "write", "truncate", "sync"),
  at: integer({ min: 0, max: 5 }),
  count: integer({ min: 1, max: 4 }),
});
/** Lives of a file, each with its end. `when`: at which of the moments that were noted. */
const lives = array(
  record({
    changes: array(change, { minLength: 1, maxLength: 8 }),
    end: constantFrom("cut", "cut", "kill"),
    when: integer({ min: 0, max: 1000 }),
    chance: integer(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Sectors of one or the other, by chance. */
function afterCut(before: Buffer, after: Buffer, chance: number): Buffer {
  let state = (chance ^ 0x9e3779b9) >>> 0;
  const toss = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state > 0x7fffffff;
  };
  const left = Buffer.alloc(toss() ? before.length : after.length);
  for (let at = 0; at < left.length; at += sector) {
    const from = toss() ? before : after;
    left.set(from.subarray(at, Math.min(at + sector, left.length)), at);
  }
  return left;
}

/**
 * Lives through all of it. @param known what the test knows of the content, by value; @param live carries changes out on the open file
 * and on what is known; @param found holds what is found after each end against what was known then
 */
function liveThrough<Known>(
  name: string,
  all: { changes: { kind: string; at: number; count: number }[]; end: string; when: number; chance: number }[],
  start: Known,
  live: (file: EncryptedFile, known: Known, change: { kind: string; at: number; count: number }) => Known, // prettier-ignore
  found: (file: EncryptedFile, known: Known) => Known,
): void {
  const root = join(home, "data");
  const path = join(root, name);
  onFsync = () => {};
  rmSync(path, { force: true });
  let folder = new EncryptedFolder(root, keys);
  folder.create(name);
  // Open all the time: when nobody has it any more, it is brought to the disk.
  let file = folder.open(name);
  let known = start;
  let durable: Buffer = readFileSync(path);
  for (const { changes, end, when, chance } of all) {
    const moments: { durable: Buffer; bytes: Buffer; known: Known }[] = [];
    onFsync = (done) => {
      const bytes = readFileSync(path);
      if (done) durable = bytes;
      else moments.push({ durable, bytes, known });
    };
    for (const one of changes) {
      known = live(file, known, one);
      moments.push({ durable, bytes: readFileSync(path), known });
    }
    const last = must(moments[when % moments.length], "a moment");
    onFsync = () => {};
    folder.close();
    const left = end === "cut" ? afterCut(last.durable, last.bytes, chance) : last.bytes;
    durable = end === "cut" ? left : last.durable;
    writeFileSync(path, left);
    folder = new EncryptedFolder(root, keys);
    onFsync = (done) => {
      if (done) durable = readFileSync(path);
    };
    file = folder.open(name);
    known = found(file, last.known);
    expect(folder.damage).toBeNull();
  }
  folder.close();
}

let stamp = 1;
function stamped(): Buffer {
  const content = Buffer.alloc(block, stamp % 251);
  content.writeUInt32LE(stamp++, 0);
  return content;
}

test("two places: after any end each block is the version of the last fsync, or one that was written since", () => {
  const name = "pg_wal/000000010000000000000001";
  /** By block its number; as they are now, and as they were at each moment since the last fsync that was asked for. */
  type Known = { now: number[]; since: number[][] };
  assert(
    property(lives, (all) => {
      liveThrough<Known>(
        name,
        all,
        { now: [], since: [[]] },
        (file, { now, since }, { kind, at, count }) => {
          if (kind === "sync") {
            file.sync();
            return { now, since: [now] };
          }
          if (kind === "truncate") {
            file.truncate(at * block);
            const next = Array.from({ length: at }, (_, b) => now[b] ?? 0);
            return { now: next, since: [...since, next] };
          }
          let next = now;
          const states = [];
          for (let b = at; b < at + count; b++) {
            const written = stamped();
            file.write(written, b * block);
            next = Array.from({ length: Math.max(next.length, b + 1) }, (_, n) => next[n] ?? 0);
            next[b] = written.readUInt32LE(0);
            states.push(next);
          }
          return { now: next, since: [...since, ...states] };
        },
        (file, { since }) => {
          const content = Buffer.alloc(file.size);
          file.read(content, 0);
          const now = Array.from({ length: content.length / block }, (_, b) => content.readUInt32LE(b * block));
          const least = Math.min(...since.map((s) => s.length));
          expect(now.length).toBeGreaterThanOrEqual(least);
          for (const [b, number] of now.entries())
            // What is beyond the least length may also be room that nothing was written to.
            expect([...since.map((s) => s[b]), ...(b < least ? [] : [0])]).toContain(number);
          return { now, since: [now] };
        },
      );
    }),
    { numRuns: 200 },
  );
}, 120_000);

test("one place: after any end what an fsync brought to the disk and nobody wrote over is there; torn blocks can be written over", () => {
  const name = "base/5/16384";
  /** By block its number; `kept` only those that nothing was written to since the last fsync. */
  type Known = { now: Map<number, number>; kept: Map<number, number>; size: number };
  assert(
    property(lives, (all) => {
      liveThrough<Known>(
        name,
        all,
        { now: new Map(), kept: new Map(), size: 0 },
        (file, known, { kind, at, count }) => {
          const now = new Map(known.now);
          const kept = new Map(known.kept);
          if (kind === "sync") file.sync();
          else if (kind === "truncate") {
            file.truncate(at * block);
            for (const b of known.now.keys()) if (b >= at) for (const map of [now, kept]) map.delete(b);
          } else
            for (let b = at; b < at + count; b++) {
              const written = stamped();
              file.write(written, b * block);
              now.set(b, written.readUInt32LE(0));
              kept.delete(b);
            }
          return { now, kept: kind === "sync" ? new Map(now) : kept, size: file.size };
        },
        (file, { kept, size }) => {
          const bytes = Buffer.alloc(block);
          const now = new Map(kept);
          for (const [b, number] of kept) {
            expect(file.read(bytes, b * block)).toBe(block);
            expect(bytes.readUInt32LE(0)).toBe(number);
          }
          // Recovery puts images in place without reading what was there; then everything can be read.
          for (let b = 0; b < Math.max(size, file.size) / block; b++)
            if (!kept.has(b)) {
              const written = stamped();
              file.write(written, b * block);
              now.set(b, written.readUInt32LE(0));
            }
          file.sync();
          for (let b = 0; b < file.size / block; b++) file.read(bytes, b * block);
          return { now, kept: new Map(now), size };
        },
      );
    }),
    { numRuns: 200 },
  );
}, 120_000);
