import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EncryptedFolder } from "./encrypted-folder.ts";
import { replicaKeys } from "./encrypted-keys.ts";

// What a power cut may leave: each sector that was written since the last fsync is the old one or the new one, and the file
// is as long as it was or as it became. The fsyncs that the files themselves ask for are watched, so that nothing is taken
// for being on the disk that isn't.

const keys = replicaKeys(Buffer.alloc(32, 5));
const block = 8192;
const sector = 512;
const plainFsync = fs.fsyncSync;

let home: string;
let onFsync: () => void = () => {};
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "careboard-crash-"));
  for (const below of ["base/5", "pg_wal"]) mkdirSync(join(home, "data", below), { recursive: true });
  fs.fsyncSync = (fd) => {
    plainFsync(fd);
    onFsync();
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
/** Two lives of a file, each ended by a power cut. */
const lives = array(record({ changes: array(change, { minLength: 1, maxLength: 8 }), seed: integer() }), {
  minLength: 1,
  maxLength: 3,
});

/** Sectors of one or the other, by chance. */
function afterCut(before: Buffer, after: Buffer, seed: number): Buffer {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const toss = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state > 0x7fffffff;
  };
  const left = Buffer.alloc(toss() ? before.length : after.length);
  for (let at = 0; at < left.length; at += sector)
    left.set((toss() ? before : after).subarray(at, at + sector).subarray(0, left.length - at), at);
  return left;
}

const numberAt = (content: Buffer, at: number) => (at * block < content.length ? content.readUInt32LE(at * block) : 0);

test("two places: after any power cut each block is a version since the last fsync, or the one it brought to the disk", () => {
  const name = "pg_wal/000000010000000000000001";
  const path = join(home, "data", name);
  assert(
    property(lives, (all) => {
      rmSync(path, { force: true });
      let folder = new EncryptedFolder(join(home, "data"), keys);
      folder.create(name);
      let content = Buffer.alloc(0);
      let stamp = 1;
      for (const { changes, seed } of all) {
        // What every sector may go back to, and what every block may be.
        let durable = readFileSync(path);
        let versions = [content];
        onFsync = () => (durable = readFileSync(path));
        // Open all the time: when nobody has it any more, it is brought to the disk.
        const file = folder.open(name);
        for (const { kind, at, count } of changes) {
          if (kind === "sync") {
            file.sync();
            versions = [content];
          } else if (kind === "truncate") {
            const next = Buffer.alloc(at * block);
            content.copy(next);
            file.truncate(at * block);
            content = next;
          } else
            for (let b = at; b < at + count; b++) {
              const written = Buffer.alloc(block).fill(stamp % 251);
              written.writeUInt32LE(stamp++, 0);
              const next = Buffer.alloc(Math.max(content.length, (b + 1) * block));
              content.copy(next);
              written.copy(next, b * block);
              file.write(written, b * block);
              content = next;
              versions.push(content);
            }
          versions.push(content);
        }
        onFsync = () => {};
        folder.close();
        writeFileSync(path, afterCut(durable, readFileSync(path), seed));
        folder = new EncryptedFolder(join(home, "data"), keys);
        const found = folder.with(name, (file) => {
          const bytes = Buffer.alloc(file.size);
          file.read(bytes, 0);
          return bytes;
        });
        const least = Math.min(...versions.map((v) => v.length));
        expect(found.length).toBeGreaterThanOrEqual(least);
        for (let b = 0; b * block < found.length; b++) {
          // Beyond the least length a block may also never have been.
          const may = [...versions.map((v) => numberAt(v, b)), ...(b * block < least ? [] : [0])];
          expect(may).toContain(numberAt(found, b));
        }
        content = found;
        expect(folder.damage).toBeNull();
      }
      folder.close();
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("one place: after any power cut what an fsync brought to the disk and nobody wrote over is there; torn blocks can be written over", () => {
  const name = "base/5/16384";
  const path = join(home, "data", name);
  assert(
    property(lives, (all) => {
      rmSync(path, { force: true });
      let folder = new EncryptedFolder(join(home, "data"), keys);
      folder.create(name);
      let size = 0;
      /** By block: its content at the last fsync; not there once it was written over or cut off. */
      const kept = new Map<number, number>();
      let stamp = 1;
      for (const { changes, seed } of all) {
        let durable = readFileSync(path);
        const content = new Map<number, number>(kept);
        onFsync = () => (durable = readFileSync(path));
        const file = folder.open(name);
        for (const { kind, at, count } of changes) {
          if (kind === "sync") {
            file.sync();
            for (const [b, n] of content) kept.set(b, n);
          } else if (kind === "truncate") {
            file.truncate(at * block);
            for (const b of content.keys()) if (b >= at) for (const m of [content, kept]) m.delete(b);
          } else
            for (let b = at; b < at + count; b++) {
              const written = Buffer.alloc(block).fill(stamp % 251);
              written.writeUInt32LE(stamp, 0);
              file.write(written, b * block);
              content.set(b, stamp++);
              kept.delete(b);
            }
          size = file.size;
        }
        onFsync = () => {};
        folder.close();
        writeFileSync(path, afterCut(durable, readFileSync(path), seed));
        folder = new EncryptedFolder(join(home, "data"), keys);
        const bytes = Buffer.alloc(block);
        for (const [b, n] of kept) {
          expect(folder.with(name, (file) => file.read(bytes, b * block))).toBe(block);
          expect(bytes.readUInt32LE(0)).toBe(n);
        }
        // Recovery puts images in place without reading what was there.
        const redone = folder.with(name, (file) => {
          const written = Buffer.alloc(block, 9);
          for (let b = 0; b * block < size; b++) if (!kept.has(b)) file.write(written, b * block);
          file.sync();
          return Math.ceil(file.size / block);
        });
        for (let b = 0; b < redone; b++) folder.with(name, (file) => file.read(bytes, b * block));
        for (let b = 0; b * block < size; b++) if (!kept.has(b)) kept.set(b, 0x09090909);
        expect(folder.damage).toBeNull();
      }
      folder.close();
    }),
    { numRuns: 150 },
  );
}, 60_000);
