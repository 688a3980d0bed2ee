import { randomBytes } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { assert } from "#shared/kit/assert.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { newPasswordWork, passwordKey, passwordWork } from "./password-key.ts";
import { seal, unseal } from "./seal.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * A person's master key as it lies beside their data: never in clear text, but wrapped by the system's secret store, by a key
 * made of their password, or by both, each way on its own.
 */
const kept = z.object({
  version: z.literal(1),
  bySystem: z.base64().nullable(),
  byPassword: passwordWork.extend({ wrapped: z.base64() }).nullable(),
});
type Kept = z.infer<typeof kept>;

type Means = { password: string | null; wrapper: KeyWrapper | null };

/** Why a vault gave no key. `none`: there is no vault. `notWrapped`: not in this way. `unreadable`: what there is is no use any more. */
export type NoKey = "none" | "wrongPassword" | "unreadable" | "notWrapped";

const fileIn = (folder: string) => join(folder, "vault.json");
const purpose = "master key";

/**
 * Makes a new master key (32 random bytes) and keeps it in the folder, wrapped in each of the ways that are given. An older
 * vault is replaced, and with it goes what was encrypted with its key: the caller erases that first.
 */
export async function createVault(folder: string, means: Means): Promise<Buffer> {
  const key = randomBytes(32);
  await write(folder, key, { version: 1, bySystem: null, byPassword: null }, means);
  return key;
}

/** The master key, by the password or by the system. A wrong password is told from a vault that can't be read. */
export async function openVault(
  folder: string,
  means: { password: string } | { wrapper: KeyWrapper },
): Promise<{ ok: Buffer } | { failed: NoKey }> {
  const found = await read(folder);
  if (typeof found === "string") return { failed: found };
  if ("wrapper" in means) {
    if (found.bySystem === null) return { failed: "notWrapped" };
    const key = await means.wrapper.unwrap(Buffer.from(found.bySystem, "base64"));
    return key?.length === 32 ? { ok: key } : { failed: "unreadable" };
  }
  if (found.byPassword === null) return { failed: "notWrapped" };
  const { wrapped, ...work } = found.byPassword;
  const key = unseal(await passwordKey(means.password, work), purpose, Buffer.from(wrapped, "base64"));
  return key ? { ok: key } : { failed: "wrongPassword" };
}

/**
 * Wraps the same key anew: by another password, by a store that there is now. A way that isn't named stays as it is; null takes
 * it away. @throws when no way would be left
 */
export async function rewrapVault(folder: string, key: Uint8Array, means: Partial<Means>): Promise<void> {
  const found = await read(folder);
  const now: Kept = typeof found === "string" ? { version: 1, bySystem: null, byPassword: null } : found;
  await write(folder, key, now, means);
}

/** Without its vault nobody reads a replica again, whatever is left of its files. */
export const eraseVault = (folder: string): Promise<void> => rm(fileIn(folder), { force: true });

async function write(folder: string, key: Uint8Array, now: Kept, means: Partial<Means>): Promise<void> {
  assert(
    key.some((byte) => byte !== 0),
    "a key that was overwritten is not kept",
  );
  const next: Kept = { ...now };
  if (means.wrapper !== undefined)
    next.bySystem = means.wrapper && (await means.wrapper.wrap(Buffer.from(key))).toString("base64");
  if (means.password !== undefined)
    next.byPassword = means.password === null ? null : await byPassword(key, means.password);
  if (next.bySystem === null && next.byPassword === null)
    throw new Error("A key is kept only wrapped: by the system's secret store, by a password, or by both.");
  await writeWhole(fileIn(folder), JSON.stringify(next));
}

async function byPassword(key: Uint8Array, password: string): Promise<Kept["byPassword"]> {
  const work = newPasswordWork();
  return { ...work, wrapped: seal(await passwordKey(password, work), purpose, key).toString("base64") };
}

async function read(folder: string): Promise<Kept | "none" | "unreadable"> {
  let text: string;
  try {
    text = await readFile(fileIn(folder), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "none";
    throw error;
  }
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return "unreadable";
  }
}
