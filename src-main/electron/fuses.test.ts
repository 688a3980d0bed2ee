import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fuses } from "./fuses.ts";
import { fuseProblem, setFuses } from "./set-fuses.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard-fuses-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** As Electron 45 comes: the mark, version 1, nine fuses in their default positions, among other bytes. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const asItComes = "101100011";
async function program(wire = asItComes, version = 1): Promise<string> {
  const file = join(folder, "careboard");
  const before = Buffer.alloc(5000, 0xaa);
  const head = Buffer.from([version, wire.length]);
  await writeFile(
    file,
    Buffer.concat([before, Buffer.from(sentinel), head, Buffer.from(wire), Buffer.alloc(700, "1")]),
  );
  return file;
}

describe("the list", () => {
  test("has each fuse of the installed @electron/fuses once, with a reason", () => {
    const known = Object.values(FuseV1Options).filter((value) => typeof value === "number");
    expect(fuses.map(({ fuse }) => fuse).toSorted((a, b) => a - b)).toEqual(known.toSorted((a, b) => a - b));
    for (const { why } of fuses) expect(why).toMatch(/^\S.{30,}\.$/);
  });

  test("says what the other tests rely on", () => {
    const of = (fuse: FuseV1Options) => fuses.find((entry) => entry.fuse === fuse)?.on;
    expect(of(FuseV1Options.RunAsNode)).toBe(false);
    expect(of(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(of(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(of(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(of(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(of(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(of(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
  });
});

describe("setting", () => {
  test("puts every fuse of the program where the list has it, and touches nothing else", async () => {
    const file = await program();
    const before = await readFile(file);
    await setFuses(file);
    const { version, ...wire } = (await getCurrentFuseWire(file)) as Record<string, unknown>;
    expect(version).toBe("1");
    expect(wire).toEqual(
      Object.fromEntries(fuses.map(({ fuse, on }) => [fuse, on ? FuseState.ENABLE : FuseState.DISABLE])),
    );
    const after = await readFile(file);
    const start = 5000 + sentinel.length + 2;
    expect(after.subarray(start, start + 9).toString()).toBe("010011001");
    expect(after.subarray(0, start)).toEqual(before.subarray(0, start));
    expect(after.subarray(start + 9)).toEqual(before.subarray(start + 9));
  });

  test("stops at a fuse that a later Electron brings, and at one that is missing", async () => {
    await expect(setFuses(await program(`${asItComes}0`))).rejects.toThrow(
      "10 fuses but you only provided a config for 9",
    );
    await expect(setFuses(await program(asItComes.slice(1)))).rejects.toThrow("WasmTrapHandlers");
  });

  test("stops at a program that has no fuses, or fuses of another version", async () => {
    const file = join(folder, "careboard");
    await writeFile(file, "no mark");
    await expect(setFuses(file)).rejects.toThrow("sentinel");
    await expect(setFuses(await program(asItComes, 2))).rejects.toThrow("version");
  });
});

describe("looking", () => {
  test("names a fuse that was left, removed or never listed", async () => {
    const right = "010011001";
    expect(await fuseProblem(await program(right))).toBeNull();
    expect(await fuseProblem(await program())).toBe("The fuse RunAsNode isn't off in this program.");
    expect(await fuseProblem(await program("01001r001"))).toBe(
      "The fuse OnlyLoadAppFromAsar isn't on in this program.",
    );
    expect(await fuseProblem(await program("010011011"))).toContain("GrantFileProtocolExtraPrivileges isn't off");
    expect(await fuseProblem(await program(`${right}1`))).toContain("a fuse at position 9");
    expect(await fuseProblem(await program(right, 2))).toContain("version 2");
  });
});
