import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EncryptedFolder, judgeFolder } from "./encrypted-folder.ts";
import { replicaKeys } from "./encrypted-keys.ts";

const keys = replicaKeys(Buffer.alloc(32, 5));
const block = 8192;
/** A table's file, and one of the log's kind. */
const names = { once: "base/5/16384", twice: "pg_wal/000000010000000000000001" } as const;

let root: string;
let folder: EncryptedFolder;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), "careboard-encrypted-")), "data");
  for (const below of ["base/5", "pg_wal", "global"]) mkdirSync(join(root, below), { recursive: true });
  folder = new EncryptedFolder(root, keys);
});
afterEach(() => {
  folder.close();
  rmSync(join(root, ".."), { recursive: true });
});

/** As the next process finds it. */
function reopen(): EncryptedFolder {
  folder.close();
  folder = new EncryptedFolder(root, keys);
  return folder;
}
function put(name: string, content: Uint8Array, at = 0): void {
  if (!existsSync(join(root, name))) folder.create(name);
  folder.with(name, (file) => {
    file.write(content, at);
    file.sync();
  });
}
const get = (name: string): Buffer =>
  folder.with(name, (file) => {
    const bytes = Buffer.alloc(file.size);
    expect(file.read(bytes, 0)).toBe(file.size);
    return bytes;
  });
const blocks = (...values: number[]) => Buffer.concat(values.map((v) => Buffer.alloc(block, v)));

test.each(Object.values(names))("%s: whatever is written, grown and cut reads as in an ordinary file", (name) => {
  const step = name === names.once ? block : 1000;
  const change = record({
    kind: constantFrom("write", "write", "truncate", "sync", "reopen"),
    at: integer({ min: 0, max: Math.floor((6 * block) / step) }),
    length: integer({ min: 1, max: 40 }),
  });
  assert(
    property(array(change, { maxLength: 12 }), (changes) => {
      let model = Buffer.alloc(0);
      folder.create(name);
      for (const { kind, at, length } of changes) {
        const long = step === block ? Math.ceil(length / 2) * block : length * 731;
        if (kind === "write") {
          const content = randomBytes(long);
          const next = Buffer.alloc(Math.max(model.length, at * step + long));
          model.copy(next);
          content.copy(next, at * step);
          model = next;
          folder.with(name, (file) => file.write(content, at * step));
        } else if (kind === "truncate") {
          const next = Buffer.alloc(at * step);
          model.copy(next);
          model = next;
          folder.with(name, (file) => file.truncate(at * step));
        } else if (kind === "sync") folder.with(name, (file) => file.sync());
        else reopen();
        expect(folder.size(name)).toBe(model.length);
        expect(get(name).equals(model)).toBe(true);
        const from = Math.min(model.length, at * 517);
        const part = Buffer.alloc(9000);
        const got = folder.with(name, (file) => file.read(part, from));
        expect(part.subarray(0, got).equals(model.subarray(from, from + 9000))).toBe(true);
      }
      folder.remove(name);
    }),
    { numRuns: 60 },
  );
});

describe.each(Object.values(names))("%s:", (name) => {
  const path = () => join(root, name);
  const problem = () => folder.damage;
  /** Everything that was written, or an error; never anything else. */
  const readAgain = (): Buffer | "damaged" => {
    reopen();
    try {
      return get(name);
    } catch (error) {
      expect((error as { code?: string }).code).toBe("EIO");
      expect(problem()).toContain(name);
      return "damaged";
    }
  };

  test("a flipped bit is noticed wherever it is, or was in no byte of use", () => {
    put(name, blocks(1, 2, 3));
    // The second versions of the first block and the last.
    put(name, blocks(4));
    put(name, blocks(6), 2 * block);
    const whole = readFileSync((folder.close(), path()));
    const expected = blocks(4, 2, 6);
    const tried: number[] = [];
    const noticed: number[] = [];
    const step = 61;
    // Each byte of the head, and of the beginning and the end of a place; of the rest some.
    const closely = (at: number) => at < 600 || (at > 512 + 16480 && at < 512 + 16520) || (at > 25200 && at < 25240);
    for (let at = 0; at < whole.length; at++) {
      if (!closely(at) && at % step > 0) continue;
      tried.push(at);
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(path(), changed);
      const seen = readAgain();
      if (seen === "damaged") noticed.push(at);
      expect(seen === "damaged" || seen.equals(expected)).toBe(true);
    }
    // Only of two places one may hold nothing of use: an older version, or none.
    const idle = [512, 25232, 33472].filter(() => name === names.twice);
    const ofUse = tried.filter((at) => !idle.some((from) => at >= from && at < from + 8240));
    expect(ofUse.filter((at) => !noticed.includes(at))).toEqual([]);
    expect(ofUse.length).toBeGreaterThan(800);
  });

  test("a file that was cut is noticed at opening, to whatever length", () => {
    put(name, blocks(1, 2, 3));
    const { size } = (folder.close(), statSync(path()));
    for (let length = size - 1; length >= 0; length -= 509) {
      truncateSync(path(), length);
      expect(readAgain()).toBe("damaged");
    }
  });

  test("a block in another's place, another file's, or another name for the file are noticed", () => {
    const other = name === names.once ? "base/5/16385" : "pg_wal/000000010000000000000002";
    put(name, blocks(1, 2, 3));
    put(other, blocks(1, 2, 3));
    folder.close();
    const mine = readFileSync(path());
    const theirs = readFileSync(join(root, other));
    const placeSize = name === names.once ? 8220 : 16480;
    const moved = Buffer.from(mine);
    mine.copy(moved, 512 + placeSize, 512, 512 + placeSize);
    writeFileSync(path(), moved);
    expect(readAgain()).toBe("damaged");
    expect(problem()).toMatch(/block 1 /);
    const foreign = Buffer.from(mine);
    theirs.copy(foreign, 512, 512, 512 + placeSize);
    writeFileSync(path(), foreign);
    expect(readAgain()).toBe("damaged");
    writeFileSync(path(), theirs);
    expect(readAgain()).toBe("damaged");
    expect(problem()).toMatch(/another file/);
    writeFileSync(path(), mine);
    expect(readAgain()).toEqual(blocks(1, 2, 3));
  });
});

test("a renamed file is itself under its new name only, also when the rename was cut short before or after", () => {
  const { twice } = names;
  put(twice, blocks(1));
  const before = readFileSync(join(root, twice));
  folder.rename(twice, "pg_wal/next");
  expect(get("pg_wal/next")).toEqual(blocks(1));
  reopen();
  expect(get("pg_wal/next")).toEqual(blocks(1));
  copyFileSync(join(root, "pg_wal/next"), join(root, twice));
  expect(() => get(twice)).toThrow(/another file/);
  // Where the rename stood before it happened: nothing changed but the head, which knows both names.
  folder.close();
  writeFileSync(join(root, twice), before);
  reopen();
  folder.with(twice, (file) => file.rename(keys.nameTag(twice), keys.nameTag("pg_wal/later"), true));
  copyFileSync(join(root, twice), join(root, "pg_wal/later"));
  reopen();
  expect(get(twice)).toEqual(blocks(1));
  expect(get("pg_wal/later")).toEqual(blocks(1));
});

test("another key is told from damage, and clear text from both", () => {
  expect(judgeFolder(root, keys)).toBe("none");
  for (const name of ["PG_VERSION", "global/pg_control", "postgresql.conf"]) put(name, Buffer.from("18\n"));
  folder.close();
  expect(judgeFolder(root, keys)).toBe("fits");
  expect(judgeFolder(root, replicaKeys(Buffer.alloc(32, 6)))).toBe("otherKey");
  const control = readFileSync(join(root, "global/pg_control"));
  for (const at of [0, 10, 30, 100]) {
    const changed = Buffer.from(control);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(join(root, "global/pg_control"), changed);
    expect(judgeFolder(root, keys)).toBe("fits");
    expect(judgeFolder(root, replicaKeys(Buffer.alloc(32, 6)))).toBe("otherKey");
  }
  for (const name of ["PG_VERSION", "global/pg_control", "postgresql.conf"]) writeFileSync(join(root, name), "18\n");
  expect(judgeFolder(root, keys)).toBe("clear");
});

test("a file that is made appears with its head: none that is half made is ever seen", () => {
  folder.create(names.once);
  expect(statSync(join(root, names.once)).size).toBe(512);
  expect(readdirSync(join(root, ".."))).toEqual(["data"]);
  writeFileSync(`${root}.making`, "half a he");
  reopen();
  expect(readdirSync(join(root, ".."))).toEqual(["data"]);
});

test("a file that was removed or replaced while it was open goes on for who has it, and for nobody else", () => {
  put(names.once, blocks(1));
  const old = folder.open(names.once);
  folder.remove(names.once);
  put(names.once, blocks(2));
  const bytes = Buffer.alloc(block);
  old.read(bytes, 0);
  expect(bytes).toEqual(blocks(1));
  folder.release(old);
  expect(get(names.once)).toEqual(blocks(2));
});
