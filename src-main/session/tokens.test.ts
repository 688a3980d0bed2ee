import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ORPCError } from "@orpc/client";
import { expect, onTestFinished, test } from "vitest";
import { defaultTerms, type Tokens as Pair } from "#shared/contract/session.ts";
import { type Kept, keptSession, readKept } from "./kept-session.ts";
import { leaseFrom } from "./lease.ts";
import { createTokens, type Ended } from "./tokens.ts";

const key = randomBytes(32);
const first: Kept = {
  server: "http://127.0.0.1:1", refreshToken: "first", sessionId: randomUUID(), means: "password", terms: defaultTerms, lease: leaseFrom(0),
  person: { id: randomUUID(), email: "ann@north.example", displayName: "ann", kind: "person", roles: [], organization: { id: randomUUID(), slug: "n", name: "N" } },
  erasedAt: null, locked: null, touchedAt: 0, seenChange: null, pending: null, told: {}, held: {}, notices: [], receipts: [],
}; // prettier-ignore

async function tokensForTest(refresh: (token: string, folder: string) => Promise<Pair>) {
  const folder = await mkdtemp(join(tmpdir(), "careboard-tokens-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const kept = keptSession(folder, key, first);
  await kept.change({});
  const [ended, said]: [Ended[], string[]] = [[], []];
  const tokens = createTokens({
    kept,
    refresh: (token) => refresh(token, folder),
    onToken: (token) => said.push(token),
    onEnded: (end) => ended.push(end),
    log: () => {},
  });
  onTestFinished(() => tokens.stop());
  return { folder, kept, tokens, ended, said, onDisk: async () => (await readKept(folder, key))?.refreshToken };
}
const pair = (name: string, minutes = 10): Pair => ({
  accessToken: `access ${name}`,
  accessExpiresAt: new Date(Date.now() + minutes * 60_000).toISOString(),
  refreshToken: `refresh ${name}`,
  refreshExpiresAt: "2030-01-01T00:00:00Z",
});
const over = (reason?: string) => new ORPCError("UNAUTHORIZED", { status: 401, message: "Over.", ...(reason ? { data: { reason, receipt: "r" } } : {}) }); // prettier-ignore

test("many ask at once, one refreshes; nobody gets a token whose successor isn't on the disk", async () => {
  const used: string[] = [];
  let onDisk = async (): Promise<string | null | undefined> => null;
  const t = await tokensForTest(async (token) => {
    used.push(token);
    // Until the answer is here, the old one must be the one on the disk.
    expect(await onDisk()).toBe(token);
    return pair(String(used.length));
  });
  onDisk = t.onDisk;
  expect(await Promise.all([t.tokens.get(), t.tokens.get(), t.tokens.renew("none")])).toEqual(
    Array(3).fill("access 1"),
  );
  expect(await t.onDisk()).toBe("refresh 1");
  expect(await t.tokens.get()).toBe("access 1");
  expect(used).toEqual(["first"]);
  expect(await t.tokens.renew("access 1")).toBe("access 2");
  // Whoever comes late with the old one is given the new.
  expect(await t.tokens.renew("access 1")).toBe("access 2");
  expect(used).toEqual(["first", "refresh 1"]);
  expect(t.said).toEqual(["access 1", "access 2"]);
});

test("an answer that was lost, or came after the end of the program, leaves the old token for the next try", async () => {
  let lost = true;
  const t = await tokensForTest(async (token) => {
    if (lost) throw new TypeError("fetch failed");
    t.tokens.stop();
    await t.kept.close();
    return pair(`after ${token}`);
  });
  await expect(t.tokens.get()).rejects.toThrow("fetch failed");
  expect([await t.onDisk(), t.ended]).toEqual(["first", []]);
  lost = false;
  await expect(t.tokens.get()).rejects.toThrow("sign in again");
  expect(await t.onDisk()).toBe("first");
});

test("the disk refuses the new token: nobody is given what came with it, so the old one stays good", async () => {
  const t = await tokensForTest(async (_token, folder) => {
    // A file where the folder should be: nothing can be written there.
    await rm(folder, { recursive: true });
    await writeFile(folder, "");
    return pair("never kept");
  });
  await expect(t.tokens.get()).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  expect([t.said, t.ended, t.tokens.last()]).toEqual([[], [], null]);
});

test("the server's reason and receipt are handed on; a 401 without any is an expired session, an outage is none", async () => {
  for (const [error, expected] of [
    [over("accountDisabled"), [{ reason: "accountDisabled", receipt: "r" }]],
    [over(), [{ reason: "expired", receipt: null }]],
    [new ORPCError("SERVICE_UNAVAILABLE", { status: 503 }), []],
  ] as const) {
    const t = await tokensForTest(() => Promise.reject(error));
    await expect(t.tokens.get()).rejects.toBe(error);
    expect(t.ended).toEqual(expected);
  }
});

test("somebody signed in while the old token was refused: that ends nothing", async () => {
  const t = await tokensForTest(async () => {
    await t.kept.change({ refreshToken: "of another sign-in" });
    throw over("expired");
  });
  await expect(t.tokens.get()).rejects.toThrow("Over.");
  expect(t.ended).toEqual([]);
});

test("a clock that is years ahead doesn't make it refresh at each question", async () => {
  let refreshed = 0;
  const t = await tokensForTest(async () => pair(String(++refreshed), -1_000_000));
  await t.tokens.get();
  await t.tokens.get();
  expect(refreshed).toBe(1);
});
