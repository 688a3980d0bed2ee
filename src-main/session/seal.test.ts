import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, pre, property, string, uint8Array } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSealed, seal, sealFile, unseal } from "./seal.ts";

const key = Buffer.alloc(32, 3);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard-seal-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("what was sealed comes back, and only with the same key and purpose", () => {
  assert(
    property(uint8Array({ maxLength: 300 }), string(), string(), (content, purpose, other) => {
      pre(purpose !== other);
      const sealed = seal(key, purpose, content);
      expect(unseal(key, purpose, sealed)).toEqual(Buffer.from(content));
      expect(unseal(key, other, sealed)).toBeNull();
      expect(unseal(Buffer.alloc(32, 4), purpose, sealed)).toBeNull();
    }),
  );
});

test("any changed byte and any cut are noticed", () => {
  const sealed = seal(key, "session", "token and person");
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    expect(unseal(key, "session", changed)).toBeNull();
    expect(unseal(key, "session", sealed.subarray(0, at))).toBeNull();
  }
});

test("a file is there whole, absent, or damaged", async () => {
  const file = join(folder, "deep", "session.sealed");
  expect(await openSealed(file, key, "session")).toBeNull();
  await sealFile(file, key, "session", "Zoë");
  expect((await openSealed(file, key, "session"))?.toString()).toBe("Zoë");
  expect((await readFile(file)).includes("Zoë")).toBe(false);
  expect(await openSealed(file, key, "waiting")).toBe("damaged");
  await writeFile(file, "{}");
  expect(await openSealed(file, key, "session")).toBe("damaged");
});
